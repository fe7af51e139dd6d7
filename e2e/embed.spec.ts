import { violations } from './axe.ts';
import { expect, test } from './playground.ts';

for (const [part, figure] of [
  ['network', /^Columns of the network/],
  ['strip', /^Predicted against actual/],
  ['error', /^Prediction error over the run/],
] as const)
  test(`shows the ${part} in a small frame, keeps nothing, and leads to the whole page`, async ({
    playground,
    page,
  }) => {
    await page.setViewportSize({ width: 480, height: 320 });
    await page.goto(`/?engine=cpu&embed=${part}&preset=two-sines&seed=3`);
    await expect(playground.playButton).toBeEnabled();
    await playground.playButton.click();
    await expect(page.getByLabel(figure).first()).toBeVisible();
    const step = page.locator('.embed-figures dd').first();
    await expect.poll(async () => Number((await step.textContent())!.replace(',', ''))).toBeGreaterThan(50);
    await playground.pause();
    expect(await violations(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(
      0,
    );
    const link = new URL((await page.getByRole('link').getAttribute('href'))!);
    expect(link.searchParams.get('preset')).toBe('two-sines');
    expect(link.searchParams.get('seed')).toBe('3');
    expect(link.searchParams.has('embed')).toBe(false);
  });
