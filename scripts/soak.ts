/**
 * `npm run soak [-- --minutes 30] [--query engine=gpu&...]`: trains at full speed in a real browser with all charts open, and
 * measures every half minute what may only grow for so long. Writes docs/soak.md; fails when anything still grows after
 * the first two minutes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type CDPSession, chromium, type Page, type Worker } from 'playwright';
import { preview } from 'vite';
import { replaceBetween } from '../bench/report.ts';
import { browserFlags, findOrInstallBrowser } from './find-browser.ts';

const sampleSeconds = 30;
/** Everything has been seen once by then, and all that is kept of a run is there. */
const warmSeconds = 120;
/** How much a figure may grow from then to the end: garbage is never collected to the last byte. */
const mostGrowth = 0.1;
/** Small, so that a CPU that plays the GPU is past the last milestone while it warms up. */
const defaultQuery = 'engine=gpu&columns=64&winners=3&encoder=64&decoder=64&seed=4&v=1';
const document = new URL('../docs/soak.md', import.meta.url);

const { values: options } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, query: { type: 'string', default: defaultQuery } },
});
const minutes = Number(options.minutes);
if (!(minutes * 60 >= warmSeconds + 2 * sampleSeconds))
  throw new Error(`--minutes ${options.minutes}: give 3 or more, two of which are to warm up`);

const figures = {
  pageHeap: { label: 'Page: JavaScript heap', unit: 'MB' },
  pageArrays: { label: 'Page: typed arrays', unit: 'MB' },
  workerHeap: { label: 'Worker: JavaScript heap', unit: 'MB' },
  workerArrays: { label: 'Worker: typed arrays', unit: 'MB' },
  nodes: { label: 'DOM nodes', unit: '' },
  listeners: { label: 'Event listeners', unit: '' },
  buffers: { label: 'GPU buffers', unit: '' },
  bufferMegabytes: { label: 'GPU buffers', unit: 'MB' },
} as const;
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

interface HeapUsage {
  usedSize: number;
  backingStorageSize: number;
}

type Ask = (method: string) => Promise<unknown>;

/** Asks a worker's own debugger, through the page's. */
async function attachTo(devtools: CDPSession, ends: string): Promise<Ask> {
  const waiting = new Map<number, (result: unknown) => void>();
  const session = await new Promise<string>(resolve => {
    devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.url.includes(ends)) resolve(sessionId);
    });
    void devtools.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
  });
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id: number; result: unknown };
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  let last = 0;
  return method =>
    new Promise(resolve => {
      const id = ++last;
      waiting.set(id, resolve);
      const message = JSON.stringify({ id, method });
      void devtools.send('Target.sendMessageToTarget', { sessionId: session, message });
    });
}

const heapOf = async (ask: Ask): Promise<HeapUsage> => {
  await ask('HeapProfiler.collectGarbage');
  return (await ask('Runtime.getHeapUsage')) as HeapUsage;
};

async function sample(
  page: Page,
  worker: Worker,
  askPage: Ask,
  askWorker: Ask,
  seconds: number,
): Promise<Sample> {
  const inWorker = await heapOf(askWorker);
  const inPage = await heapOf(askPage);
  const { metrics } = (await askPage('Performance.getMetrics')) as {
    metrics: { name: string; value: number }[];
  };
  const metric = (name: string) => metrics.find(m => m.name === name)!.value;
  const buffers = await worker.evaluate(
    () => (globalThis as unknown as { buffersAlive: { count: number; bytes: number } }).buffersAlive,
  );
  const step = await page.locator('.counter dd').first().innerText();
  return {
    seconds,
    step: Number(step.replaceAll(/\D/g, '')),
    pageHeap: inPage.usedSize / 1e6,
    pageArrays: inPage.backingStorageSize / 1e6,
    workerHeap: inWorker.usedSize / 1e6,
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
  /** Of the line of least squares through all samples after warming up: its rise over them as a share of where it begins. */
  growth: number;
  flat: boolean;
}

function judge(samples: readonly Sample[], figure: Figure): Verdict {
  const times = samples.map(s => s.seconds);
  const values = samples.map(s => s[figure]);
  const mean = (of: number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [time, value] = [mean(times), mean(values)];
  const spread = times.reduce((sum, t) => sum + (t - time) ** 2, 0);
  const slope = times.reduce((sum, t, i) => sum + (t - time) * (values[i]! - value), 0) / spread;
  const begins = value + slope * (times[0]! - time);
  const growth = begins === 0 ? 0 : (slope * (times.at(-1)! - times[0]!)) / begins;
  return { first: values[0]!, last: values.at(-1)!, growth, flat: growth <= mostGrowth };
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
  const rows = verdicts.map(({ figure, verdict: { first, last, growth, flat } }) => {
    const { label, unit } = figures[figure];
    const show = (value: number) => [number.format(value), unit].join(' ').trim();
    const ratio = first === 0 ? '–' : (last / first).toFixed(2);
    return `| ${label} | ${show(first)} | ${show(last)} | ${ratio} | ${share.format(growth)} | ${flat ? 'yes' : '**no**'} |`;
  });
  const text = [
    `${number.format(last.seconds / 60)} minutes, ${number.format(last.step)} steps; engine ${engine}; ${browser}; ${cpus().length} cores.`,
    `${warm.length} samples after the first two minutes, at \`?${options.query}\`.`,
    '',
    `| Figure | after ${number.format(first.seconds / 60)} min | at the end | ratio | growth of the trend | flat |`,
    '| --- | ---: | ---: | ---: | ---: | --- |',
    ...rows,
  ].join('\n');
  return { text, flat: verdicts.every(({ verdict }) => verdict.flat) };
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
  const askWorker = await attached;
  const askPage: Ask = method => devtools.send(method as 'Performance.getMetrics');
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
    const taken = await sample(page, worker, askPage, askWorker, elapsed());
    samples.push(taken);
    const told = (Object.keys(figures) as Figure[]).map(f => `${f} ${number.format(taken[f])}`);
    console.log(`${number.format(taken.seconds)} s, step ${number.format(taken.step)}: ${told.join(', ')}`);
    const before = samples.at(-2);
    if (before && taken.step <= before.step) throw new Error('The run does not go on.');
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
  const { text, flat } = table(samples, engine, `Chromium ${browser.version()}`);
  console.log(`\n${text}`);
  writeFileSync(document, replaceBetween(readFileSync(document, 'utf8'), 'soak', text));
  if (!flat) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}
