import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './playground.ts';

/** The canvas says in words which step it shows, renewed every few seconds. */
const network = (page: Page, step: string) =>
  page.getByRole('img', { name: new RegExp(`^Network: .* At step ${step}: winning columns`) });

test('goes back over the last steps and to a snapshot, and all views follow', async ({
  playground,
  page,
}) => {
  await playground.open('?engine=cpu');
  await playground.pause();
  await playground.button('Reset').click();
  await playground.runTo(2100);
  const moment = page.getByRole('slider', { name: 'Moment', exact: true });
  await expect(moment).toHaveAttribute('aria-valuetext', 'Now, step 2,100');
  const winning = page.getByRole('application', { name: /^Columns of the network/ });
  await winning.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const scoreNow = page.locator('.column-body h3 output').first();
  const present = await scoreNow.textContent();

  await moment.focus();
  for (const [key, back] of [
    ['ArrowLeft', 1],
    ['PageDown', 11],
    ['Shift+PageDown', 111],
    ['ArrowRight', 110],
    ['Home', 1000],
    ['Shift+PageUp', 900],
    ['PageUp', 890],
  ] as const) {
    await page.keyboard.press(key);
    await expect(moment).toHaveAttribute(
      'aria-valuetext',
      new RegExp(`· ${back === 1000 ? '1,000' : back} back$`),
    );
  }
  await expect(page.getByText('Step 1,210 · 890 back')).toBeVisible();
  expect(await playground.counter('Step')).toBe('1,210');
  await expect(network(page, '1,210')).toBeVisible();
  await expect(
    page.getByRole('img', { name: /^Predicted against actual value, steps 1,011 to 1,210/ }),
  ).toBeVisible();
  await expect(page.getByRole('img', { name: /^Column activity over steps 955 to 1,210/ })).toBeVisible();
  await expect(scoreNow).not.toHaveText(present!);
  // Charts of the whole run mark the moment, and say how the network did then.
  for (const chart of ['Error against the floors', 'Loss'])
    await expect(
      page.getByRole('region', { name: chart, exact: true }).getByText('step 1,210', { exact: true }),
    ).toBeVisible();
  await expect(page.getByRole('img', { name: /^At step 1,2\d\d, \d+ of 256 columns won/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Look at the network at step 1,000' }).click();
  await expect(network(page, '1,000')).toBeVisible();
  expect(await playground.counter('Step')).toBe('1,000');
  await playground.button('Now').click();
  expect(await playground.step()).toBe(2100);
  await expect(network(page, '2,100')).toBeVisible();
  await expect(page.getByText(/^step [\d,]+$/)).toHaveCount(0);

  // From full speed: going back pauses first, and playing comes back to now.
  await playground.playButton.click();
  await moment.focus();
  await page.keyboard.press('PageDown');
  await expect(moment).toHaveAttribute('aria-valuetext', /· 10 back$/);
  await expect(playground.playButton).toBeEnabled();
  await playground.playButton.click();
  await expect(moment).toHaveAttribute('aria-valuetext', 'Now');
  await playground.pause();
});

test('tells a step in slow motion, phase by phase', async ({ playground, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await playground.open('?engine=cpu');
  await playground.pause();
  const before = await playground.step();
  await page.getByLabel('Speed', { exact: true }).selectOption('Slow motion');
  const caption = page.locator('.slow-caption');
  const phase = page.locator('.slow-phases [aria-current="step"]');
  for (const [name, words] of [
    ['Encode', /enters the encoder/],
    ['Overlap', /weighs these features/],
    ['Inhibit', /5 of 256 columns win: [\d, ]+and \d+/],
    ['Predict', /of 1,280 cells predictive for the next step/],
    ['Decode', /What comes is −?\d\.\d+: off by/],
    ['Backward', /flows back: to \d+ units of the decoder/],
    ['Update', /weights change, most of all/],
  ] as const) {
    await playground.button('Next phase').click();
    await expect(phase).toHaveText(name);
    await expect(caption).toContainText(words);
    if (name === 'Backward') expect(await violations(page)).toEqual([]);
  }
  expect(await playground.step()).toBe(before + 1);

  await page.getByLabel('A phase takes').selectOption('0.4 s');
  await playground.playButton.click();
  await expect(phase).toHaveText('Inhibit');
  // A slow machine may have looked away while it passed.
  await expect.poll(() => playground.step()).toBeGreaterThanOrEqual(before + 3);
  // Who asks for less motion goes by button.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(playground.playButton).toBeDisabled();
  const slowly = await playground.step();
  expect(slowly).toBeLessThan(before + 100);
  await page.getByLabel('Speed', { exact: true }).selectOption('Full speed');
  await expect(phase).toHaveCount(0);
  await playground.playButton.click();
  await expect.poll(() => playground.step()).toBeGreaterThan(slowly + 100);
});

test('draws as seldom as is asked for, and asks the worker for no more', async ({ playground, page }) => {
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    Object.assign(globalThis, { framesAsked: 0 });
    Worker.prototype.postMessage = function (this: Worker, ...sent: [unknown]) {
      if ((sent[0] as { kind?: string }).kind === 'frame')
        (globalThis as unknown as { framesAsked: number }).framesAsked++;
      postMessage.apply(this, sent);
    } as typeof postMessage;
  });
  const asked = () => page.evaluate(() => (globalThis as unknown as { framesAsked: number }).framesAsked);
  await playground.open('?engine=cpu');
  await playground.pause();
  await playground.button('Reset').click();
  await page.getByLabel('Draw', { exact: true }).selectOption('every 1,000 steps');
  const before = await asked();
  await playground.runTo(4000);
  // One for each thousand, and some for the reset, the start and the end.
  expect((await asked()) - before).toBeLessThanOrEqual(10);
  await expect(network(page, '4,000')).toBeVisible();
});
