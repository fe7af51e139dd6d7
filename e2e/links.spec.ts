import { expect, Playground, test } from './playground.ts';

const query = (url: string) => new URL(url).search;

test('a link brings a run back exactly, and says what of it cannot be used', async ({
  playground,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open('?engine=cpu&preset=two-sines&columns=64&winners=3&encoder=32&decoder=32&seed=9&v=1');
  await playground.pause();
  await page.getByLabel('Learning rate', { exact: true }).fill('0.5');
  await page.keyboard.press('Enter');
  await playground.button('Reset').click();
  await expect.poll(() => playground.step()).toBe(0);
  await playground.runTo(300);
  const first = await playground.downloadWeights();
  await expect.poll(() => query(page.url())).toContain('learningRate=0.5');
  expect(query(page.url())).toBe(
    '?engine=cpu&preset=two-sines&encoder=32&columns=64&winners=3&decoder=32&learningRate=0.5&seed=9&v=1',
  );
  await playground.button('Copy link').click();
  await expect(page.getByText('Link copied')).toBeAttached();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());

  const other = await context.newPage();
  await other.addInitScript(() => {
    // As in a page that is not secure, or in a frame that may not copy.
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  const second = new Playground(other);
  await second.open(`${query(link)}&columns=many&seed=1e99&nonsense=1&engine=tpu&view=outside`);
  const notice = second.notice('Part of this link was ignored');
  await expect(notice).toHaveCount(1);
  for (const words of [
    'columns = “many”',
    'given twice',
    'nonsense = “1”: there is no such setting',
    'engine',
    'there is no such view, but training, inside, runs, sweep',
  ])
    await expect(notice).toContainText(words);
  await expect(other.getByLabel('Preset', { exact: true }).locator('option:checked')).toHaveText(
    'Two sines, modified',
  );
  await second.pause();
  await second.button('Reset').click();
  await expect.poll(() => second.step()).toBe(0);
  await second.runTo(300);
  const again = await second.downloadWeights();
  expect(again.bytes.equals(first.bytes)).toBe(true);

  await second.button('Copy link').click();
  const field = other.getByRole('dialog', { name: 'Link to this run' }).getByRole('textbox');
  await expect(field).toHaveValue(link);
  await expect(field).toBeFocused();
  expect(await other.evaluate(() => getSelection()?.toString())).toBe(link);
  await other.keyboard.press('Escape');
  await expect(field).toBeHidden();
  expect(second.faults).toEqual([]);
});

test('a link opens the view that it names, and the address follows the view', async ({
  playground,
  page,
}) => {
  await playground.open('?engine=cpu&view=inside&milestones=2000,500');
  await expect(page.getByRole('tab', { name: 'Inside' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: /^Cells of column/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Sweep' }).click();
  await expect.poll(() => query(page.url())).toBe('?engine=cpu&view=sweep&milestones=500,2000');
  await page.getByRole('tab', { name: 'Training' }).click();
  await expect.poll(() => query(page.url())).toBe('?engine=cpu&milestones=500,2000');
  await expect(page.getByText('Step 500', { exact: true })).toBeVisible();

  // Back and forward lead from view to view: the run and its settings stay.
  await playground.pause();
  const step = await playground.step();
  await page.getByLabel('Learning rate', { exact: true }).fill('0.5');
  await page.keyboard.press('Enter');
  await page.goBack();
  await expect(page.getByRole('tab', { name: 'Sweep' })).toHaveAttribute('aria-selected', 'true');
  await page.goBack();
  await expect(page.getByRole('tab', { name: 'Inside' })).toHaveAttribute('aria-selected', 'true');
  await page.goForward();
  await expect.poll(() => query(page.url())).toMatch(/view=sweep.*learningRate=0.5/);
  expect(await playground.step()).toBe(step);
});
