import { violations } from './axe.ts';
import { expect, test } from './playground.ts';

test('shows a first visitor around, by keyboard, and leaves the run as it was', async ({
  playground,
  page,
}) => {
  await playground.open('?engine=cpu');
  await page.getByRole('button', { name: /^New here/ }).click();
  const caption = page.getByRole('dialog');
  await expect(caption).toContainText('Step 1 of 6');
  await expect(page.getByLabel('Speed')).toHaveValue('5');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('ArrowRight');
  await expect(caption).toContainText('Step 2 of 6');
  await expect(page.getByLabel('Speed')).toHaveValue('');
  await page.keyboard.press('ArrowLeft');
  await expect(caption).toContainText('Step 1 of 6');
  for (const n of [2, 3, 4]) {
    await caption.getByRole('button', { name: 'Next' }).click();
    await expect(caption).toContainText(`Step ${n} of 6`);
  }
  await expect(page.getByRole('heading', { name: /^Column \d+/ })).toBeVisible();
  // The light comes to lie on what is spoken of.
  const middle = async (selector: string) => {
    // Between two places of the tour there is no light.
    const box = await page.locator(selector).boundingBox();
    return box ? box.x + box.width / 2 : Number.NaN;
  };
  await expect
    .poll(async () => Math.abs((await middle('.tour-spotlight')) - (await middle('.panel.column'))))
    .toBeLessThan(4);
  await page.keyboard.press('ArrowRight');
  await expect(playground.button('Dream')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(caption).toHaveCount(0);
  await expect(playground.button('Dream')).toHaveAttribute('aria-pressed', 'false');
  await expect(playground.button('Guide')).toBeFocused();
  await expect(playground.pauseButton).toBeVisible();

  // It is offered once.
  await page.reload();
  await expect(playground.engine).toBeVisible();
  await expect(page.getByRole('button', { name: /^New here/ })).toHaveCount(0);
});

test('explains its words wherever they stand, and its keys', async ({ playground, page }) => {
  await playground.open('?engine=cpu');
  await playground.pause();
  await playground.button('About Learning rate').click();
  await page.getByRole('dialog', { name: 'Learning rate' }).getByRole('button', { name: 'diverges' }).click();
  const glossary = page.getByRole('dialog', { name: 'Glossary' });
  await expect(glossary.locator('[data-asked]')).toContainText('Divergence');
  await expect(glossary.locator('[data-asked]')).toBeInViewport();
  expect(await violations(page)).toEqual([]);
  const search = glossary.getByRole('searchbox');
  await search.fill('surprise');
  await expect(glossary.getByRole('status')).toHaveText('1 term');
  await search.fill('cell');
  await expect(glossary.locator('dt').first()).toHaveText('Active cell');
  await search.fill('xyzzy');
  await expect(glossary).toContainText('Nothing here speaks of that');
  await page.keyboard.press('Escape');
  await expect(glossary).toHaveCount(0);
  await expect(playground.button('About Learning rate')).toBeFocused();

  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard and touch' });
  await expect(keys).toBeVisible();
  // What is in front of the page comes first.
  const step = await playground.step();
  await page.keyboard.press('s');
  expect(await violations(page)).toEqual([]);
  await keys.getByRole('button', { name: 'Close' }).click();
  expect(await playground.step()).toBe(step);

  await playground.button('Guide').click();
  await page
    .getByRole('button', { name: /^About/ })
    .last()
    .click();
  const about = page.getByRole('dialog', { name: 'About DeepHTM Playground' });
  await expect(about.getByRole('link').first()).toHaveAttribute('rel', /noopener/);
  expect(await violations(page)).toEqual([]);
});

test('tells a story: what to watch, and what takes the run there', async ({ playground, page }) => {
  await playground.open('?engine=cpu');
  await page.getByLabel('Preset', { exact: true }).selectOption({ label: 'Divergence and its cure' });
  const story = page.getByRole('region', { name: /Divergence and its cure/ });
  await expect(story).toBeVisible();
  await expect(playground.playButton).toBeEnabled();
  await expect(page.getByLabel('Learning rate', { exact: true })).toHaveValue('5');
  expect(await violations(page)).toEqual([]);
  await story.getByRole('button', { name: 'Train', exact: true }).click();
  const notice = playground.notice(/^Diverged at step/);
  await expect(notice).toBeVisible({ timeout: 60_000 });
  await notice.getByRole('button', { name: /halve/i }).click();
  await expect(page.getByLabel('Learning rate', { exact: true })).toHaveValue('2.5');
  await story.getByRole('button', { name: /rate to 1.25/ }).click();
  await expect(page.getByLabel('Learning rate', { exact: true })).toHaveValue('1.25');
  await story.getByRole('button', { name: 'Close the story' }).click();
  await expect(story).toHaveCount(0);
});
