import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, test } from './playground.ts';

/** By how much the page is wider than its window. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const phone = { device: 'a small phone', width: 360, height: 740 };
const lecture = { device: 'a lecture’s screen', width: 1440, height: 900 };
const looks = [
  { ...lecture, colorScheme: 'light', contrast: 'no-preference' },
  { ...phone, colorScheme: 'dark', contrast: 'no-preference' },
  { ...phone, colorScheme: 'light', contrast: 'more' },
  { ...lecture, colorScheme: 'dark', contrast: 'more' },
] as const;

for (const { device, width, height, colorScheme, contrast } of looks)
  test(`axe finds nothing in ${colorScheme} colours${contrast === 'more' ? ' of high contrast' : ''} on ${device}`, async ({
    playground,
    page,
  }) => {
    await page.emulateMedia({ colorScheme, contrast });
    await page.setViewportSize({ width, height });
    await playground.open('?engine=cpu');
    await expect.poll(() => playground.step()).toBeGreaterThan(1100);
    await playground.pause();
    expect(await violations(page)).toEqual([]);
    // With the tour on offer, which is only once: a page magnified four times, a tablet, a projector, and as it was.
    for (const across of [320, 910, 1024, width]) {
      await page.setViewportSize({ width: across, height });
      await expect.poll(() => overflow(page), `${across} wide`).toBeLessThanOrEqual(0);
    }

    // With a column pinned, by keyboard.
    const network = page.getByRole('application', { name: /^Columns of the network/ });
    await network.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /^Column \d+/ })).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await playground.button('Steps').click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await playground.button('Weights').click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');

    for (const name of ['Inside', 'Runs', 'Sweep']) {
      await page.getByRole('tab', { name }).click();
      await expect(page.locator('.view-place')).toHaveCount(0);
      expect(await violations(page), name).toEqual([]);
      expect(await overflow(page), name).toBeLessThanOrEqual(0);
    }
  });
