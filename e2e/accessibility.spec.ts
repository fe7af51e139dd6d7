import { violations } from './axe.ts';
import { expect, test } from './playground.ts';

const screens = [
  { name: 'a lecture’s screen', width: 1440, height: 900 },
  { name: 'a phone', width: 390, height: 844 },
];

for (const colorScheme of ['light', 'dark'] as const)
  for (const { name, width, height } of screens)
    test(`axe finds nothing in ${colorScheme} colours on ${name}`, async ({ playground, page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await playground.open('?engine=cpu');
      await expect.poll(() => playground.step()).toBeGreaterThan(1100);
      await playground.pause();
      expect(await violations(page)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);

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
    });
