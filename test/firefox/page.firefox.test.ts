import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { decodeCheckpoint } from '../../engine/file/checkpoint-reader.ts';
import { FirefoxPage, startFirefox } from './firefox-page.ts';

const small = 'columns=64&winners=3&encoder=32&decoder=32&seed=4&v=1';
const downloads = mkdtempSync(join(tmpdir(), 'deephtm-firefox-'));
let server: PreviewServer;
let browser: Browser;
let page: FirefoxPage;
let address: string;

beforeAll(async () => {
  server = await preview({ preview: { host: 'localhost', port: 0 }, logLevel: 'error' });
  [address] = server.resolvedUrls!.local as [string];
  browser = await startFirefox(downloads);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(downloads, { recursive: true, force: true });
});
beforeEach(async () => {
  page = await FirefoxPage.in(browser);
});
afterEach(async () => {
  await page.close();
  expect(page.faults).toEqual([]);
});

it('trains on the CPU, draws every view and downloads the weights', async () => {
  await page.open(`${address}?engine=cpu&${small}`);
  expect(await page.engine()).toBe('CPU');
  await page.runTo(1200);
  await expect.poll(() => page.colors()).toBeGreaterThan(20);
  for (const view of ['Inside', 'Runs', 'Sweep', 'Training']) {
    await page.click(view);
    await expect
      .poll(() => page.text('main'))
      .toMatch(
        { Inside: /over time/, Runs: /Kept runs/, Sweep: /Start sweep/, Training: /Snapshots/ }[view]!,
      );
    if (view === 'Inside') await expect.poll(() => page.colors()).toBeGreaterThan(20);
  }
  await page.click('Weights');
  await page.click('Download weights');
  // Firefox holds the name with an empty file until all is there.
  const whole = () => readdirSync(downloads).find(name => statSync(join(downloads, name)).size > 1000);
  await expect.poll(whole).toMatch(/\.safetensors$/);
  const { state, settings } = decodeCheckpoint(readFileSync(join(downloads, whole()!)));
  expect([state.clock.step, settings.seed]).toEqual([1200, 4]);
});

it('trains on the GPU as it does on the CPU', async () => {
  const ratioOn = async (engine: string) => {
    await page.open(`${address}?engine=${engine}&${small}`);
    expect(await page.engine()).toMatch(engine === 'gpu' ? /^GPU/ : /^CPU/);
    await page.runTo(200);
    return page.number('Error ratio');
  };
  const onGpu = await ratioOn('gpu');
  await page.close();
  page = await FirefoxPage.in(browser);
  expect(onGpu / (await ratioOn('cpu'))).toBeCloseTo(1, 1);
});

it('goes on with a kept run, and opens without a network', async () => {
  await page.open(`${address}?engine=cpu&${small}`);
  await page.runTo(700);
  await page.waitUntilOffline();
  await server.close();
  await page.reload();
  await expect.poll(() => page.text('.notice')).toMatch(/A run was interrupted.*step 700/);
  await page.click('Resume');
  await expect.poll(() => page.number('Step')).toBeGreaterThanOrEqual(700);
});
