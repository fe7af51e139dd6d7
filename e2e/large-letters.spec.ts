import type { Locator } from '@playwright/test';
import { expect, test } from './playground.ts';

test('pictures grow with the letters, on a screen as large as 4K too, and pointers find what is under them', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 1600, height: 1000 });
  await playground.open('?engine=cpu&seed=4&v=1');
  await playground.pause();
  await playground.button('Reset').click();
  await playground.runTo(100);
  const strip = page.locator('.live-strip canvas');
  const usual = await heightOfDigit(strip);
  expect(usual).toBeGreaterThan(5);

  // As from a larger default in the browser. Neither a step nor another size or place has this picture painted anew.
  const snapshot = page.locator('.snapshot-plot canvas').first();
  await snapshot.evaluate((canvas: HTMLCanvasElement) => {
    const { clientWidth, clientHeight, style } = canvas;
    const size = { width: `${clientWidth}px`, height: `${clientHeight}px` };
    Object.assign(style, { position: 'fixed', left: '0', top: '0', ...size });
  });
  const letters = (size: string) =>
    page.evaluate(size => document.documentElement.style.setProperty('font-size', size), size);
  await expect.poll(() => heightOfDigit(snapshot)).toBe(usual);
  await letters('24px');
  await expect.poll(() => heightOfDigit(snapshot)).toBeGreaterThan(1.3 * usual);
  await letters('');
  await expect.poll(() => heightOfDigit(snapshot)).toBe(usual);
  await snapshot.evaluate((canvas: HTMLCanvasElement) => canvas.removeAttribute('style'));

  await page.setViewportSize({ width: 3840, height: 2160 });
  await expect.poll(() => heightOfDigit(strip)).toBeGreaterThan(1.3 * usual);
  const tick = page.locator('.error-plot-area text').first();
  await expect(tick).toHaveCSS('font-size', '16.5px');

  // The map has 16 rows of 16 columns, from its upper left corner on.
  const map = page.locator('.duty-area canvas');
  await map.scrollIntoViewIfNeeded();
  const side = await map.evaluate(canvas => {
    const { width, height } = canvas as HTMLCanvasElement;
    const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    let last = 0;
    // What is painted has gaps of a line; the scale beside it stands further off.
    for (let x = 0; x < last + 10; x++) if (data[4 * (5 * width + x) + 3]! > 0) last = x;
    return last + 1;
  });
  await page.locator('.duty-cursor').click({ position: { x: (12.5 / 16) * side, y: (9.5 / 16) * side } });
  await expect(page.getByRole('heading', { name: 'Column 156' })).toBeVisible();
  await playground.button('Unpin column 156').click();

  // A column that is pointed at is framed, and named above or below.
  const network = page.locator('.network-canvas');
  const box = (await network.boundingBox())!;
  const [x, y] = [Math.round(box.width * 0.53), Math.round(box.height * 0.7)];
  await page.mouse.move(0, 0);
  await keepPicture(network);
  await page.mouse.move(box.x + x, box.y + y);
  const name = page.locator('.network-tooltip');
  await expect(name).toContainText(/olumn \d+/);
  const framed = await changedNear(network, x, y);
  for (const [at, from, to] of [
    [x, framed.left, framed.right],
    [y, framed.top, framed.bottom],
  ] as const) {
    expect(at).toBeGreaterThanOrEqual(from);
    expect(at).toBeLessThanOrEqual(to);
    expect(to - from).toBeLessThan(80);
  }
  const words = (await name.boundingBox())!;
  const middle = (framed.left + framed.right) / 2;
  expect(Math.abs(words.x + words.width / 2 - box.x - middle)).toBeLessThan(4);
});

/** Of the first label of the value axis, in pixels of the screen. */
const heightOfDigit = (plot: Locator): Promise<number> =>
  plot.evaluate(canvas => {
    const { height } = canvas as HTMLCanvasElement;
    // At the left of the axis there is nothing else.
    const width = Math.floor(2.3 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
    const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    let rows = 0;
    for (let y = 0; y < height; y++) {
      const written = data
        .subarray(4 * width * y, 4 * width * (y + 1))
        .some((value, i) => i % 4 === 3 && value > 100);
      if (written) rows++;
      else if (rows > 0) break;
    }
    return rows;
  });

const keepPicture = (canvas: Locator): Promise<void> =>
  canvas.evaluate(canvas => {
    const { width, height } = canvas as HTMLCanvasElement;
    const picture = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    Object.assign(globalThis, { picture });
  });

/** Where a canvas differs from the picture that was kept, as far as that is near a point. */
const changedNear = (canvas: Locator, atX: number, atY: number) =>
  canvas.evaluate(
    (canvas, at) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const now = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
      const before = (globalThis as unknown as { picture: ImageData }).picture;
      const [a, b] = [new Uint32Array(now.data.buffer), new Uint32Array(before.data.buffer)];
      const box = { left: width, top: height, right: 0, bottom: 0 };
      a.forEach((pixel, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        if (pixel === b[i] || Math.hypot(x - at.x, y - at.y) > 60) return;
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x);
        box.top = Math.min(box.top, y);
        box.bottom = Math.max(box.bottom, y);
      });
      return box;
    },
    { x: atX, y: atY },
  );
