import type { Browser } from 'playwright';
import { defaultPreset } from '../engine/model/presets.ts';
import { headlessEntry } from './browser-contestant.ts';
import type { Figure } from './figure.ts';
import { ProbedPage, type Stretch } from './page-probe.ts';
import { median, quantile } from './statistics.ts';

export interface PageOptions {
  readonly loads: number;
  readonly rounds: number;
  /** How long the page trains in a round, and so does the engine alone. */
  readonly seconds: number;
}

/** How the page starts, and what it costs the training and the main thread at full speed. */
export async function pageFigures(
  browser: Browser,
  appUrl: string,
  engineUrl: string,
  options: PageOptions,
): Promise<Figure[]> {
  return [
    ...(await startFigures(browser, appUrl, options)),
    ...(await trainingFigures(browser, appUrl, engineUrl, options)),
  ];
}

async function startFigures(browser: Browser, url: string, { loads }: PageOptions): Promise<Figure[]> {
  const starts = [];
  for (let load = 0; load < loads; load++) {
    const page = await ProbedPage.open(browser, url);
    starts.push(await page.start());
    await page.close();
  }
  const paint = median(starts.map(s => s.paint));
  return [
    {
      id: 'page/first-step',
      name: 'First learning step shown, from the page being asked for, nothing cached',
      value: median(starts.map(s => s.step)),
      unit: 'ms',
      relative: { value: median(starts.map(s => s.step / s.paint)), to: 'first paint' },
      hardware: false,
    },
    {
      id: 'page/first-paint',
      name: 'First paint',
      value: paint,
      unit: 'ms',
      relative: null,
      hardware: false,
    },
  ];
}

async function trainingFigures(
  browser: Browser,
  appUrl: string,
  engineUrl: string,
  { rounds, seconds }: PageOptions,
): Promise<Figure[]> {
  const config = defaultPreset.settings.network;
  const subject = { id: 'headless', engine: 'headless', networks: 1, config };
  const page = await ProbedPage.open(browser, appUrl);
  const headless = await headlessEntry(subject, browser, engineUrl).open();
  try {
    await page.start();
    await page.stretch(1000 * seconds);
    await page.pause();
    const once = await headless.run(1000);
    const steps = Math.round((1000 / once) * seconds);
    await headless.run(steps);
    const idle: number[] = [];
    const shares: number[] = [];
    const stretches: Stretch[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = steps / (await headless.run(steps));
      idle.push(...(await page.stretch(1000)).frames);
      await page.play();
      const stretch = await page.stretch(1000 * seconds);
      await page.pause();
      const after = steps / (await headless.run(steps));
      shares.push(stretch.steps / stretch.seconds / ((before + after) / 2));
      stretches.push(stretch);
    }
    const frames = stretches.flatMap(s => s.frames);
    const longTasks = stretches.flatMap(s => s.longTasks);
    const { hardware } = headless;
    const frame = (id: string, name: string, share: number): Figure => ({
      id: `page/${id}`,
      name,
      value: quantile(frames, share),
      unit: 'ms',
      relative: { value: quantile(frames, share) / median(idle), to: 'a frame of the paused page' },
      hardware,
    });
    return [
      {
        id: 'page/speed',
        name: 'Training in the page at full speed, against the same engine in a worker without a page',
        value: median(shares),
        unit: 'ratio',
        relative: { value: median(shares), to: 'without the page' },
        hardware,
      },
      frame('frame-median', 'Frame at full speed, median', 0.5),
      frame('frame-95', 'Frame at full speed, 95th percentile', 0.95),
      {
        id: 'page/long-tasks',
        name: `Main-thread tasks above 50 ms in ${Math.round(rounds * seconds)} s at full speed`,
        value: longTasks.length,
        unit: 'tasks',
        relative: { value: longTasks.length, to: 'tasks' },
        hardware,
      },
      {
        id: 'page/longest-task',
        name: 'Longest of them (0: none)',
        value: Math.max(0, ...longTasks),
        unit: 'ms',
        relative: null,
        hardware,
      },
    ];
  } finally {
    await headless.close();
    await page.close();
  }
}
