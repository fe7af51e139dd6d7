/**
 * `npm run soak [-- --minutes 30] [--query engine=gpu&...] [--out docs/soak.md]`: trains at full speed in a real browser with
 * all charts open, and measures every half minute what may only grow for so long. Writes its table into the document; fails
 * when anything still grows after the first two minutes, or compiled code in the second half.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Page, type Worker } from 'playwright';
import { preview } from 'vite';
import { replaceBetween } from '../bench/report.ts';
import { attachTo, type Debugger, debuggerOf, heapOf } from './debuggers.ts';
import { browserFlags, findOrInstallBrowser } from './find-browser.ts';

const sampleSeconds = 30;
/** Everything has been seen once by then, and all that is kept of a run is there. */
const warmSeconds = 120;
/** How much a figure may grow from then to the end: garbage is never collected to the last byte. */
const mostGrowth = 0.1;
/** Small, so that a CPU that plays the GPU is past the last milestone while it warms up. */
const defaultQuery = 'engine=gpu&columns=64&winners=3&encoder=64&decoder=64&seed=4&v=1';
const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    query: { type: 'string', default: defaultQuery },
    out: { type: 'string', default: fileURLToPath(new URL('../docs/soak.md', import.meta.url)) },
  },
});
const minutes = Number(options.minutes);
if (!(minutes * 60 >= warmSeconds + 2 * sampleSeconds))
  throw new Error(`--minutes ${options.minutes}: give 3 or more, two of which are to warm up`);

interface Traits {
  readonly label: string;
  readonly unit: string;
  readonly partly?: true;
  readonly fromHalf?: true;
}

/**
 * What is `partly` is told in parts, which must be flat each for itself. What is flat `fromHalf` may still rise in the first
 * half of the run, and by half as much after that: a browser compiles again what it finds to be used much.
 */
const figures = {
  pageHeap: { label: 'Page: JavaScript heap, in all', unit: 'MB', partly: true },
  pageObjects: { label: 'Page: objects', unit: 'MB' },
  pageCode: { label: 'Page: compiled code', unit: 'MB', fromHalf: true },
  pageArrays: { label: 'Page: typed arrays', unit: 'MB' },
  workerHeap: { label: 'Worker: JavaScript heap, in all', unit: 'MB', partly: true },
  workerObjects: { label: 'Worker: objects', unit: 'MB' },
  workerCode: { label: 'Worker: compiled code', unit: 'MB', fromHalf: true },
  workerArrays: { label: 'Worker: typed arrays', unit: 'MB' },
  nodes: { label: 'DOM nodes', unit: '' },
  listeners: { label: 'Event listeners', unit: '' },
  buffers: { label: 'GPU buffers', unit: '' },
  bufferMegabytes: { label: 'GPU buffers', unit: 'MB' },
} as const satisfies Record<string, Traits>;
type Figure = keyof typeof figures;
type Sample = { seconds: number; step: number } & Record<Figure, number>;

/** Runs in the worker before its own script: counts what is created there and not destroyed. */
const countBuffers = `
  const counted = (globalThis.buffersAlive = { count: 0, bytes: 0 });
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  const alive = new WeakSet();
  const forget = buffer => {
    if (!alive.delete(buffer)) return;
    counted.count--;
    counted.bytes -= buffer.size;
  };
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    alive.add(buffer);
    counted.count++;
    counted.bytes += buffer.size;
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    forget(this);
    return destroy.call(this);
  };
`;

/** What stays: states and frames that are just being read hold buffers of their own for a moment. */
async function leastBuffers(): Promise<{ count: number; bytes: number }> {
  const { buffersAlive } = globalThis as unknown as { buffersAlive: { count: number; bytes: number } };
  let least = { ...buffersAlive };
  for (let reading = 1; reading < 10; reading++) {
    await new Promise(resolve => setTimeout(resolve, 50));
    if (buffersAlive.bytes < least.bytes) least = { ...buffersAlive };
  }
  return least;
}

async function sample(
  page: Page,
  worker: Worker,
  ofPage: Debugger,
  ofWorker: Debugger,
  seconds: number,
): Promise<Sample> {
  const inWorker = await heapOf(ofWorker);
  const inPage = await heapOf(ofPage);
  const { metrics } = (await ofPage.ask('Performance.getMetrics')) as {
    metrics: { name: string; value: number }[];
  };
  const metric = (name: string) => metrics.find(m => m.name === name)!.value;
  const buffers = await worker.evaluate(leastBuffers);
  const step = await page.locator('.counter dd').first().innerText();
  return {
    seconds,
    step: Number(step.replaceAll(/\D/g, '')),
    pageHeap: inPage.usedSize / 1e6,
    pageObjects: inPage.objects / 1e6,
    pageCode: inPage.code / 1e6,
    pageArrays: inPage.backingStorageSize / 1e6,
    workerHeap: inWorker.usedSize / 1e6,
    workerObjects: inWorker.objects / 1e6,
    workerCode: inWorker.code / 1e6,
    workerArrays: inWorker.backingStorageSize / 1e6,
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    buffers: buffers.count,
    bufferMegabytes: buffers.bytes / 1e6,
  };
}

interface Verdict {
  first: number;
  last: number;
  /** In the second half of the run. */
  lateGrowth: number;
  growth: number;
  /** null for what is judged in parts. */
  flat: boolean | null;
}

/** @param samples those after warming up */
function judge(samples: readonly Sample[], figure: Figure): Verdict {
  const { partly, fromHalf }: Traits = figures[figure];
  const growth = growthOf(samples, figure);
  const half = samples.at(-1)!.seconds / 2;
  const lateGrowth = growthOf(
    samples.filter(s => s.seconds >= half),
    figure,
  );
  const isFlat = fromHalf ? lateGrowth <= mostGrowth / 2 : growth <= mostGrowth;
  const [first, last] = [samples[0]![figure], samples.at(-1)![figure]];
  return { first, last, growth, lateGrowth, flat: partly ? null : isFlat };
}

/** Of the line of least squares through samples: its rise over them as a share of where it begins. */
function growthOf(samples: readonly Sample[], figure: Figure): number {
  const times = samples.map(s => s.seconds);
  const values = samples.map(s => s[figure]);
  const mean = (of: number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [time, value] = [mean(times), mean(values)];
  const spread = times.reduce((sum, t) => sum + (t - time) ** 2, 0);
  const slope = times.reduce((sum, t, i) => sum + (t - time) * (values[i]! - value), 0) / spread;
  const begins = value + slope * (times[0]! - time);
  return begins === 0 ? 0 : (slope * (times.at(-1)! - times[0]!)) / begins;
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const share = new Intl.NumberFormat('en', {
  style: 'percent',
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});

function table(samples: readonly Sample[], engine: string, browser: string): { text: string; flat: boolean } {
  const warm = samples.filter(s => s.seconds >= warmSeconds);
  const [first, last] = [warm[0]!, warm.at(-1)!];
  const verdicts = (Object.keys(figures) as Figure[]).map(figure => ({
    figure,
    verdict: judge(warm, figure),
  }));
  const rows = verdicts.map(({ figure, verdict: { first, last, growth, lateGrowth, flat } }) => {
    const { label, unit } = figures[figure];
    const show = (value: number) => [number.format(value), unit].join(' ').trim();
    const ratio = first === 0 ? '–' : (last / first).toFixed(2);
    const verdict = flat === null ? 'in parts' : flat ? 'yes' : '**no**';
    return `| ${[label, show(first), show(last), ratio, share.format(growth), share.format(lateGrowth), verdict].join(' | ')} |`;
  });
  const text = [
    `${number.format(last.seconds / 60)} minutes, ${number.format(last.step)} steps; engine ${engine}; ${browser}; ${cpus().length} cores.`,
    `${warm.length} samples after the first two minutes, at \`?${options.query}\`.`,
    '',
    `| Figure | after ${number.format(first.seconds / 60)} min | at the end | ratio | growth of the trend | in the second half | flat |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...rows,
  ].join('\n');
  return { text, flat: verdicts.every(({ verdict }) => verdict.flat !== false) };
}

const server = await preview({ preview: { host: 'localhost', port: 0 } });
const browser = await chromium.launch({ executablePath: findOrInstallBrowser(), args: [...browserFlags] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const failures: string[] = [];
  page.on('pageerror', error => failures.push(error.message));
  await page.route('**/training.worker-*.js', async route => {
    const script = await (await route.fetch()).text();
    await route.fulfill({ body: `{${countBuffers}}\n${script}`, contentType: 'text/javascript' });
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const attached = attachTo(devtools, 'training.worker');
  await page.goto(`${server.resolvedUrls!.local[0]!}?${options.query}`);
  const ofWorker = await attached;
  const ofPage = debuggerOf(devtools);
  const worker = page.workers().find(w => w.url().includes('training.worker'))!;
  const badge = page.getByRole('button', { name: /^Engine:/ });
  await badge.waitFor({ timeout: 120_000 });
  const engine = (await badge.innerText()).trim();

  const samples: Sample[] = [];
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  for (let due = sampleSeconds; due <= minutes * 60; due += sampleSeconds) {
    // All that another view shows is put up and taken down once between samples.
    await page.getByRole('tab', { name: 'Inside' }).click();
    await page.waitForTimeout(4000);
    await page.getByRole('tab', { name: 'Training' }).click();
    await page.waitForTimeout(Math.max(0, due - elapsed()) * 1000);
    const taken = await sample(page, worker, ofPage, ofWorker, elapsed());
    samples.push(taken);
    const told = (Object.keys(figures) as Figure[]).map(f => `${f} ${number.format(taken[f])}`);
    console.log(`${number.format(taken.seconds)} s, step ${number.format(taken.step)}: ${told.join(', ')}`);
    const before = samples.at(-2);
    if (before && taken.step <= before.step) throw new Error('The run does not go on.');
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
  const { text, flat } = table(samples, engine, `Chromium ${browser.version()}`);
  console.log(`\n${text}`);
  writeFileSync(options.out, replaceBetween(readFileSync(options.out, 'utf8'), 'soak', text));
  if (!flat) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}
