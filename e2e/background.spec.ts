import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { browserFlags, findOrInstallBrowser } from '../scripts/find-browser.ts';
import { expect, Playground, test } from './playground.ts';

/** A browser whose tabs know when they are out of sight: Playwright makes those that it starts believe they never are. */
async function startBrowser(profile: string): Promise<{ endpoint: string; process: ChildProcess }> {
  const flags = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, ...browserFlags];
  const process = spawn(findOrInstallBrowser(), flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = '';
    process.stderr!.on('data', (text: Buffer) => {
      said += text;
      const [address] = /ws:\/\/\S+/.exec(said) ?? [];
      if (address) resolve(address);
    });
    process.once('exit', () => reject(new Error(`The browser ended: ${said}`)));
  });
  return { endpoint, process };
}

const stepOf = async (page: Page): Promise<number> => {
  const title = await page.title();
  expect(title).toMatch(/^▶ [\d,]+ · DeepHTM$/);
  return Number(title.replaceAll(/\D/g, ''));
};

/** The step that the one kept run can be gone on with from; 0 before it is kept. */
const keptStep = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('deephtm');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          if (!database.objectStoreNames.contains('runs')) return resolve(0);
          const reading = database.transaction('runs').objectStore('runs').getAll();
          reading.onsuccess = () => {
            database.close();
            resolve(Math.max(0, ...reading.result.map(run => run.checkpointStep)));
          };
        };
      }),
  );

test('training goes on in a tab out of sight, which says so, stands through a freeze, and is kept when the tab dies', async ({
  baseURL,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'deephtm-'));
  const { endpoint, process } = await startBrowser(profile);
  try {
    const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
    const context = browser.contexts()[0]!;
    const page = await context.newPage();
    const playground = new Playground(page);
    const address = `${baseURL}/?engine=cpu&columns=64&winners=3&encoder=32&decoder=32`;
    await page.goto(address);
    await expect.poll(() => playground.step()).toBeGreaterThan(100);
    await expect(page).toHaveTitle('DeepHTM Playground');

    const other = await context.newPage();
    await other.bringToFront();
    await expect(page).toHaveTitle(/^▶/);
    const hidden = await stepOf(page);
    await expect.poll(() => stepOf(page)).toBeGreaterThan(hidden);
    await expect.poll(() => playground.step()).toBeGreaterThan(hidden);

    // Browsers freeze tabs that nobody looks at for long, and their workers with them.
    const devtools = await context.newCDPSession(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await other.waitForTimeout(1000);
    const frozen = await stepOf(page);
    await other.waitForTimeout(2000);
    expect(await stepOf(page)).toBe(frozen);
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await expect.poll(() => stepOf(page)).toBeGreaterThan(frozen);
    await expect.poll(() => keptStep(page)).toBeGreaterThan(frozen);

    await page.bringToFront();
    await expect(page).toHaveTitle('DeepHTM Playground');
    const seen = await playground.step();
    await expect.poll(() => playground.step()).toBeGreaterThan(seen);
    await expect(page.locator('.notice-error')).toHaveCount(0);
    expect(playground.faults).toEqual([]);

    // Killed without a word, as for want of memory. What was kept on the way is there.
    await expect.poll(() => keptStep(page)).toBeGreaterThan(seen);
    const kept = await keptStep(page);
    const died = page.waitForEvent('crash');
    devtools.send('Page.crash').catch(() => {});
    await died;
    const next = new Playground(other);
    await other.bringToFront();
    await other.goto(address);
    const interruption = next.notice('A run was interrupted');
    await expect(interruption).toBeVisible();
    const [, stands = ''] = /step (\d[\d,]*\d)/.exec((await interruption.textContent()) ?? '') ?? [];
    expect(Number(stands.replaceAll(',', ''))).toBeGreaterThanOrEqual(kept);
    await next.button('Resume').click();
    await expect(next.notice(/^Resumed from/)).toContainText(`step ${stands}`);
    await expect.poll(() => next.step()).toBeGreaterThan(kept);
    expect(next.faults).toEqual([]);
    await browser.close();
  } finally {
    const ended = new Promise(resolve => process.once('exit', resolve));
    process.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('a page whose clock jumps, as when a laptop is opened again or its time is set, goes on and keeps its run', async ({
  playground,
  page,
}) => {
  await page.clock.install();
  await playground.open('?engine=cpu&columns=64&winners=3&encoder=32&decoder=32');
  await expect.poll(() => playground.step()).toBeGreaterThan(100);
  // What was due meanwhile comes at once. The worker has clocks of its own: `app/worker/sleep.test.ts`.
  await page.clock.fastForward('08:00:00');
  const slept = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(slept);
  await page.clock.setSystemTime(new Date(Date.now() - 24 * 3600 * 1000));
  const set = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(set);
  await expect.poll(() => keptStep(page)).toBeGreaterThan(set);
  await expect.poll(() => playground.number('Steps/s')).toBeGreaterThan(10);
  await expect(page.locator('.notice-error')).toHaveCount(0);
});
