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

test('moves the run to the CPU when the GPU is lost', async ({ playground, page, browser }) => {
  await playground.open('?engine=gpu');
  await expect(playground.engine).toHaveAccessibleName(/GPU · /);
  await expect.poll(() => playground.step(), { timeout: 60_000 }).toBeGreaterThan(400);
  const cdp = await browser.newBrowserCDPSession();
  await cdp.send('Browser.crashGpuProcess').catch(() => {});
  await expect(playground.notice('The GPU was lost')).toContainText(/went on from step [1-9]/);
  await expect(playground.engine).toHaveAccessibleName(/CPU/);
  const step = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(step);
  await playground.pause();
  expect((await playground.downloadWeights()).bytes.length).toBeGreaterThan(1e6);
  await expect(page.locator('.notice-error')).toHaveCount(0);
});

test('on an insecure page, trains on the CPU and says why', async ({ page }) => {
  await serveAt(page, 'http://deephtm.test');
  await page.goto('http://deephtm.test/');
  await expect(page.locator('.notice').filter({ hasText: 'WebGPU needs a secure page' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Engine: CPU/ })).toBeVisible();
});
