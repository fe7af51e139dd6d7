import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { expect, Playground, test } from './playground.ts';

const small = (seed: number) =>
  `?engine=cpu&columns=64&winners=3&encoder=32&decoder=32&learningRate=0.5&seed=${seed}&v=1`;

const interruption = (playground: Playground) => playground.notice('A run was interrupted');
const rows = (page: Page) => page.getByRole('listitem').filter({ has: page.getByRole('checkbox') });
const showRuns = (page: Page) => page.getByRole('tab', { name: 'Runs' }).click();

/** Slow enough that what is run again for comparison is soon done. */
const goSlowly = (page: Page) => page.getByLabel('Speed').selectOption({ label: '500 steps/s' });

/** The step that a notice or a row tells of. */
const stepIn = (text: string | null) => Number(/step ([\d,]+)/i.exec(text ?? '')?.[1]?.replaceAll(',', ''));

test('a run goes on after a reload and after its tab was closed, bit for bit', async ({
  playground,
  page,
  context,
  browser,
}) => {
  await playground.open(small(4));
  await goSlowly(page);
  await expect.poll(() => playground.step(), { timeout: 60_000 }).toBeGreaterThan(1200);
  const reloadedAt = await playground.step();
  await page.reload();

  // The person was in the midst of this very run: nothing else begins before the answer.
  await expect(interruption(playground)).toBeVisible();
  await expect(playground.playButton).toBeEnabled();
  expect(await playground.step()).toBe(0);
  const stood = stepIn(await interruption(playground).textContent());
  expect(stood).toBeGreaterThanOrEqual(1000);
  await goSlowly(page);
  await playground.button('Resume').click();
  await expect(interruption(playground)).toHaveCount(0);
  await expect(playground.notice(/^Resumed from/)).toContainText(`step ${stood.toLocaleString('en')}`);
  await expect.poll(() => playground.step()).toBeGreaterThan(stood);
  await playground.pause();
  // What it passed before is there again, also to go back to.
  await page.getByRole('button', { name: 'Look at the network at step 1,000' }).click();
  await expect(page.getByRole('img', { name: /At step 1,000: winning columns/ })).toBeVisible();
  await playground.button('Now').click();
  await expect(page.getByRole('img', { name: /^Predicted against actual value/ }).first()).toBeVisible();

  // The tab is closed while it trains. Another asks, but does not wait: it was not in the midst of this run.
  await playground.playButton.click();
  const going = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(going + 500);
  await page.close();
  const next = new Playground(await context.newPage());
  await next.open(small(4));
  await expect(interruption(next)).toBeVisible();
  await expect.poll(() => next.step()).toBeGreaterThan(0);
  const kept = stepIn(await interruption(next).textContent());
  expect(kept).toBeGreaterThanOrEqual(reloadedAt > stood ? stood : reloadedAt);
  await goSlowly(next.page);
  await next.button('Resume').click();
  await expect(next.notice(/^Resumed from/)).toBeVisible();
  await next.pause();
  const end = (await next.step()) + 100;
  await next.runTo(end);
  const resumed = await next.downloadWeights();

  const elsewhere = new Playground(await (await browser.newContext()).newPage());
  await elsewhere.open(small(4));
  await elsewhere.pause();
  await elsewhere.button('Reset').click();
  await expect.poll(() => elsewhere.step()).toBe(0);
  await elsewhere.runTo(end);
  expect((await elsewhere.downloadWeights()).bytes.equals(resumed.bytes)).toBe(true);
  await elsewhere.page.context().close();

  // Who starts fresh is not asked again, and loses nothing.
  await next.page.reload();
  await next.button('Start fresh').click();
  await expect.poll(() => next.step()).toBeGreaterThan(0);
  await next.pause();
  await showRuns(next.page);
  await expect(rows(next.page).filter({ hasText: end.toLocaleString('en') })).toHaveCount(1);
  expect(next.faults).toEqual([]);
});

test('two tabs keep a run each; kept runs are named, compared, deleted and brought back', async ({
  playground,
  page,
  context,
}) => {
  await playground.open(small(4));
  await expect.poll(() => playground.step()).toBeGreaterThan(1000);
  await showRuns(page);
  await expect(rows(page)).toHaveCount(1);

  const second = new Playground(await context.newPage());
  await second.open(`${small(5)}&preset=two-sines`);
  await expect.poll(() => second.step()).toBeGreaterThan(1000);
  await expect(interruption(second)).toHaveCount(0);
  await showRuns(second.page);
  const [its, other] = [
    rows(second.page).filter({ hasText: 'open here' }),
    rows(second.page).filter({ hasText: 'open in another tab' }),
  ];
  await expect(its).toHaveCount(1);
  await expect(other).toHaveCount(1);
  await expect(other.getByRole('button', { name: /^Open / })).toBeDisabled();
  await expect(other.getByRole('button', { name: /^Delete / })).toHaveAttribute('aria-disabled', 'true');

  // A name given in one tab stays while the other trains and keeps on.
  await other.getByRole('button', { name: /^Rename / }).click();
  await second.page.getByRole('textbox', { name: /^New name of / }).fill('The first');
  await second.page.keyboard.press('Enter');
  const steps = async () =>
    Number((await other.locator('.runs-figures dd').first().innerText()).replaceAll(',', ''));
  const before = await steps();
  await expect.poll(steps).toBeGreaterThan(before);
  await expect(other).toContainText('The first');
  await expect(other.getByRole('button', { name: 'Rename The first' })).toBeFocused();

  await second.pause();
  for (const row of [its, other]) await row.getByRole('checkbox').check();
  await second.button('Compare 2').click();
  await expect(second.page.getByRole('heading', { name: 'Comparing 2 runs' })).toBeVisible();
  const differences = second.page.getByRole('region', { name: 'Table of what differs' });
  await expect(differences.getByRole('rowheader')).toHaveText(['Wave', 'Seed']);
  await expect(differences.getByRole('row', { name: /^Wave/ })).toContainText('Two sines');
  const milestones = second.page.getByRole('region', { name: 'Table of milestones' });
  await expect(milestones.getByRole('row', { name: /^Step 1,000/ })).toContainText(/\(.*\(/);
  await expect(second.page.locator('.compare-letter')).toHaveText(['A', 'B']);
  // The picture of it names its lines, too.
  const picture = await second.download(async () => {
    await second.button('Download the comparison').click();
    await second.button('SVG').click();
  });
  expect(picture.bytes.toString()).toMatch(/>A Two sines, .*>B The first</);
  expect(await violations(second.page)).toEqual([]);
  await second.page.setViewportSize({ width: 390, height: 844 });
  await second.button('All runs').click();
  expect(await violations(second.page)).toEqual([]);
  const overflow = await second.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);

  // Once its tab is gone it can be deleted, brought back, and gone on with.
  await page.close();
  const first = rows(second.page).filter({ hasText: 'The first' });
  await expect(first.getByRole('button', { name: 'Open The first' })).toBeEnabled();
  await first.getByRole('button', { name: 'Delete The first' }).click();
  await expect(rows(second.page)).toHaveCount(1);
  // The offer to undo stands in whatever view is shown.
  await expect(second.button('Undo')).toBeFocused();
  await second.page.getByRole('tab', { name: 'Training' }).click();
  await expect(second.notice('Deleted “The first”')).toBeVisible();
  await second.button('Undo').click();
  await expect(second.button('Undo')).toHaveCount(0);
  await showRuns(second.page);
  await expect(rows(second.page)).toHaveCount(2);
  await first.getByRole('button', { name: 'Open The first' }).click();
  await expect(second.notice('Resumed from The first')).toBeVisible();
  await expect(second.playButton).toBeEnabled();
  expect(await second.step()).toBeGreaterThanOrEqual(before);
  expect(second.faults).toEqual([]);
});

test('without room for a run, or where nothing can be kept, training goes on and the page says so', async ({
  playground,
  page,
  context,
  browser,
}) => {
  // Before anything is stored: for half a minute after that the browser believes what it knew.
  const aside = await context.newPage();
  await aside.goto('/favicon.svg');
  const devtools = await context.newCDPSession(aside);
  const { origin } = new URL(aside.url());
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 50_000 });
  await playground.open(small(4));
  const notice = playground.notice('There is no room to keep this run');
  await expect(notice).toContainText(/It takes [\d.]+ kB, and [\d.]+ kB are in use/);
  const step = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(step);
  // As soon as there is room, it is kept, and the notice goes.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await expect(notice).toHaveCount(0);
  await playground.pause();
  await showRuns(page);
  await expect(rows(page).filter({ hasText: 'open here' })).toHaveCount(1);

  const blocked = await browser.newContext();
  const none = 'Object.defineProperty(globalThis, "indexedDB", { value: undefined });';
  await blocked.addInitScript(none);
  await blocked.route('**/training.worker-*.js', async route => {
    const script = await (await route.fetch()).text();
    await route.fulfill({ body: `${none}\n${script}`, contentType: 'text/javascript' });
  });
  const other = new Playground(await blocked.newPage());
  await other.open(small(4));
  await expect(other.notice('Runs are not kept in this browser')).toContainText('Download the weights');
  const before = await other.step();
  await expect.poll(() => other.step()).toBeGreaterThan(before);
  await showRuns(other.page);
  await expect(other.page.getByText('This browser keeps no runs for this page')).toBeVisible();
  expect(other.faults).toEqual([]);
  // A service worker may still be fetching the script for itself.
  await blocked.unrouteAll({ behavior: 'ignoreErrors' });
  await blocked.close();
});
