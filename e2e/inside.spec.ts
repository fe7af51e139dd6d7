import { violations } from './axe.ts';
import { expect, test } from './playground.ts';

test('a look inside: every panel follows the run, by keyboard too, and axe finds nothing', async ({
  playground,
  page,
}) => {
  await playground.open('?engine=cpu');
  await expect.poll(() => playground.step()).toBeGreaterThan(150);
  await playground.pause();
  const step = await playground.step();
  await page.getByRole('tab', { name: 'Inside' }).click();

  // What cells did before anybody looked is run again, and agrees with who won.
  const cells = page.getByRole('region', { name: /^Cells of column \d+ over time/ });
  await expect(cells.getByRole('img')).toHaveAccessibleName(/the column won at [1-9]/);
  const cursor = cells.getByRole('slider');
  await cursor.focus();
  await page.keyboard.press('ArrowDown');
  const text = new RegExp(`^Step ${step.toLocaleString('en')}, cell 1, (active|predicted|idle)`);
  await expect(cursor).toHaveAttribute('aria-valuetext', text);

  // The sine comes again every 50 steps, and so do the cells.
  const overlap = page.getByRole('region', { name: 'Overlap with now' });
  const curve = overlap.getByRole('slider');
  await curve.focus();
  await page.keyboard.press('End');
  await expect(curve).toHaveAttribute('aria-valuetext', /^0 steps ago.*\(100%\) shared$/);
  for (let back = 0; back < 5; back++) await page.keyboard.press('PageDown');
  await expect(curve).toHaveAttribute('aria-valuetext', /^50 steps ago.*[1-5] of \d columns/);
  await overlap.getByRole('radio', { name: '1000 steps' }).check({ force: true });

  const tuning = page.getByRole('region', { name: 'Tuning of all columns' });
  await expect(tuning.getByText(/^\d+ of 256 columns win/)).toBeVisible();
  const histograms = page.getByRole('region', { name: 'Weights', exact: true });
  await histograms.scrollIntoViewIfNeeded();
  await expect(histograms.getByRole('img', { name: /^Histogram of memory.weight/ })).toBeVisible();
  const column = (await cells.getByRole('heading').textContent())!.match(/\d+/)![0];
  const distal = page.getByRole('region', { name: `Distal weights of cell 0, column ${column}` });
  await expect(distal.getByRole('listitem')).toHaveCount(8);
  // To another cell's column, which both panels then show.
  await distal.getByRole('listitem').first().getByRole('button').click();
  await expect(page.getByRole('region', { name: 'Error and anomaly' })).toContainText(/Anomaly now [01]/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }

  // Weights, too, are those of the moment that is looked back at.
  const mean = histograms.getByRole('figure').filter({ hasText: 'decoder.0.bias' }).locator('dd').first();
  const back = page.getByRole('slider', { name: 'Moment', exact: true });
  const present = await mean.textContent();
  await back.focus();
  await page.keyboard.press('Shift+PageDown');
  await expect(page.getByText(`weights of step ${step.toLocaleString('en')}`)).toHaveCount(0);
  await expect(mean).not.toHaveText(present!);
  await expect(page.getByRole('region', { name: /^Overlap with step/ })).toBeVisible();
  await page.getByRole('button', { name: 'Now', exact: true }).click();
  await expect(mean).toHaveText(present!);

  // It goes on following the run.
  const numberField = page.getByRole('spinbutton', { name: 'Column' }).first();
  await numberField.fill('٦');
  await expect(numberField).toHaveAttribute('aria-valuenow', '6');
  await numberField.press('ArrowUp');
  await expect(numberField).toHaveValue('7');
  await expect(page.getByRole('region', { name: 'Cells of column 7 over time' })).toBeVisible();
  await page.locator('.transport').getByRole('button', { name: 'Step' }).click();
  await expect.poll(() => playground.step()).toBe(step + 1);
  await cells.getByRole('slider').focus();
  await page.keyboard.press('ArrowUp');
  const next = new RegExp(`^Step ${(step + 1).toLocaleString('en')}, cell 0`);
  await expect(cells.getByRole('slider')).toHaveAttribute('aria-valuetext', next);

  await page.getByRole('radio', { name: 'gradients' }).check({ force: true });
  await expect(page.getByRole('region', { name: 'Gradients of the last step' }).getByRole('img')).toHaveCount(
    12,
  );
  // A chart of many parts is one picture: all of them, at two pixels for each of the page's.
  const gradients = page.getByRole('region', { name: 'Gradients of the last step' });
  const picture = await playground.download(async () => {
    await gradients.getByRole('button', { name: 'Download the histograms of gradients' }).click();
    await page.getByRole('button', { name: 'PNG', exact: true }).click();
  });
  expect(picture.name).toMatch(/^deephtm-sine-\d+-histograms-of-gradients\.png$/);
  const drawn = (await gradients.locator('.histograms').boundingBox())!;
  expect(Math.abs(picture.bytes.readUInt32BE(16) - 2 * (drawn.width + 24))).toBeLessThanOrEqual(2);
  expect(Math.abs(picture.bytes.readUInt32BE(20) - 2 * (drawn.height + 42))).toBeLessThanOrEqual(2);
  await page.setViewportSize({ width: 360, height: 800 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  expect(await violations(page)).toEqual([]);
});
