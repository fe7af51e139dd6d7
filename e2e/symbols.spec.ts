import { expect, test } from './playground.ts';

test('symbols bring their channels with them, and show how many of them are right', async ({
  playground,
  page,
}) => {
  await playground.open('?engine=cpu');
  await playground.pause();
  const channels = page.getByLabel('Channels', { exact: true });
  const wave = page.getByLabel('Wave', { exact: true });
  await wave.selectOption('High-order symbols');
  await expect(channels).toHaveValue('6');
  await wave.selectOption('Sine');
  await expect(channels).toHaveValue('1');
  await wave.selectOption('High-order symbols');
  await playground.button('Apply and restart').click();
  await expect.poll(() => playground.step()).toBe(0);
  await playground.runTo(1000);
  await expect(page.locator('.accuracy')).toContainText(/Right on D or Y\d[\d.]*%/);
  await expect(page.getByRole('img', { name: /^Expected symbols.*D or Y came/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /before step 1,000.*Right on D or Y/ })).toBeVisible();
  await page.getByLabel('Endings', { exact: true }).selectOption('A-B-C-Y, X-B-C-D');
  await playground.runTo(1010);
});
