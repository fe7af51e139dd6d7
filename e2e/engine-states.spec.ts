import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './playground.ts';

/** The page as a plain server would send it, under any host name. */
async function serveAt(page: Page, origin: string): Promise<void> {
  const types: Record<string, string> = {
    html: 'text/html',
    js: 'text/javascript',
    css: 'text/css',
    svg: 'image/svg+xml',
  };
  await page.context().route(`${origin}/**`, async route => {
    const path = new URL(route.request().url()).pathname.replace(/\/$/, '/index.html');
    const contentType = types[path.split('.').at(-1)!] ?? 'application/octet-stream';
    await route.fulfill({ body: await readFile(join('dist', path)), contentType });
  });
}

test('a lost GPU is taken again; lost twice, the CPU takes over until the GPU is asked for', async ({
  playground,
  page,
  browser,
}) => {
  await playground.open('?engine=gpu&driver=stream');
  await expect(playground.engine).toHaveAccessibleName(/GPU · /);
  await expect.poll(() => playground.step(), { timeout: 60_000 }).toBeGreaterThan(400);
  const cdp = await browser.newBrowserCDPSession();
  const crash = () => cdp.send('Browser.crashGpuProcess').catch(() => {});
  await crash();
  await expect(playground.notice('The GPU was lost, and is back')).toContainText(/went on from step [1-9]/);
  await expect(playground.engine).toHaveAccessibleName(/GPU · /);
  const again = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(again);

  await crash();
  const notice = playground.notice('The GPU was lost.');
  await expect(notice).toContainText(/went on from step [1-9]/);
  await expect(playground.engine).toHaveAccessibleName(/CPU/);
  const step = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(step);
  await playground.pause();
  expect((await playground.downloadWeights()).bytes.length).toBeGreaterThan(1e6);
  await expect(page.locator('.notice-error')).toHaveCount(0);

  // For two minutes after two crashes the browser gives no GPU; who asks for it meanwhile loses nothing.
  const stands = await playground.step();
  await playground.button('Try the GPU again').click();
  await expect(playground.notice('The GPU is not back')).toContainText('two minutes');
  await expect(playground.button('Try the GPU again')).toBeVisible();
  await expect(playground.engine).toHaveAccessibleName(/CPU/);
  expect(await playground.step()).toBe(stands);
  await page.getByLabel('Step', { exact: true }).click();
  await expect.poll(() => playground.step()).toBe(stands + 1);
});

test('a network beyond all memory is refused with its size and what to lower, and another can be started', async ({
  playground,
  page,
}) => {
  await page.goto('/?engine=cpu&columns=2048&cellsPerColumn=16&v=1');
  const notice = playground.notice('There is too little memory for this network');
  await expect(notice).toContainText(/4,1\d\d MiB.*1,024 MiB.*Lower the columns or the cells per column/);
  await page.getByLabel('Preset').selectOption({ label: 'Sine' });
  await expect(notice).toHaveCount(0);
  await expect(playground.engine).toHaveAccessibleName(/CPU/);
  await playground.playButton.click();
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
});

test('on an insecure page, trains on the CPU and says why', async ({ page }) => {
  await serveAt(page, 'http://deephtm.test');
  await page.goto('http://deephtm.test/');
  await expect(page.locator('.notice').filter({ hasText: 'WebGPU needs a secure page' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Engine: CPU/ })).toBeVisible();
});
