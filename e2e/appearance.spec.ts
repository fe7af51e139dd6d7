import type { Page } from '@playwright/test';
import { expect, test } from './playground.ts';

/*
 * The main views as they were last found good, in `appearance.spec.ts-snapshots`, from Chromium on Debian. Where they are meant
 * to look different, or where other fonts make them so: `npm run test:e2e -- appearance --update-snapshots`, and look at them.
 */

/** The views, and what shows that all of a view is there. */
const views: Record<string, (page: Page) => Promise<void>> = {
  Training: async page => {
    await expect(page.getByRole('img', { name: /At step 300:/ })).toBeVisible();
    await expect(page.getByText(/will be drawn here/)).toHaveCount(0);
  },
  // What cells did before is run again for it, and then known to repeat with the wave.
  Inside: async page =>
    expect(page.getByText('Most alike again after').first()).toContainText('again after 50 steps'),
  Runs: async page => expect(page.getByText('No run is kept yet')).toBeVisible(),
  Sweep: async page => expect(page.getByText('16 networks, ready to start')).toBeVisible(),
};
/** With the fonts of the pictures; with others every text is a little different. */
const textWidth = 356.828125;
const schemes = ['light', 'dark'] as const;

test('the main views look as they did, light and dark', async ({ playground, page, context }) => {
  // As embedded, nothing is kept: so that there are no runs to list, nor a time of day in them.
  await context.route('**/training.worker-*.js', async route => {
    const script = await (await route.fetch()).text();
    const body = `Object.defineProperty(self, 'name', { value: 'embedded' });\n${script}`;
    await route.fulfill({ body, contentType: 'text/javascript' });
  });
  // As large as what is at the top of every view.
  await page.setViewportSize({ width: 1440, height: 820 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.open('?engine=cpu&seed=4&v=1');
  await playground.pause();
  await playground.button('Reset').click();
  await expect.poll(() => playground.step()).toBe(0);
  await playground.runTo(300);
  await page.mouse.move(0, 0);
  const maxDiffPixelRatio = (await widthOfText(page)) === textWidth ? 0.001 : 0.08;
  for (const [view, isThere] of Object.entries(views)) {
    await page.getByRole('tab', { name: view }).click();
    await isThere(page);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await expect
        .soft(page)
        .toHaveScreenshot(`${view.toLowerCase()}-${colorScheme}.png`, { maxDiffPixelRatio });
    }
  }
});

/** Of a sentence in the page's font, in CSS pixels. */
const widthOfText = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')!;
    context.font = `16px ${getComputedStyle(document.body).fontFamily}`;
    return context.measureText('Hierarchical temporal memory, 0123456789').width;
  });
