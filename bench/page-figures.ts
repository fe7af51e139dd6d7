import { type Browser, chromium } from 'playwright';
import { defaultPreset } from '../engine/model/presets.ts';
import { findOrInstallBrowser, plainFlags } from '../scripts/find-browser.ts';
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

/** How long frames are watched in a round, at rest and at full speed. */
const watched = 1000;

/**
 * How the page starts, and what it costs the training and the main thread at full speed: in a browser as a person
 * starts it, and once more in `browser`, whose flags have a GPU imitated where there is none, the compositor's too.
 */
export async function pageFigures(
  browser: Browser,
  appUrl: string,
  engineUrl: string,
  options: PageOptions,
): Promise<Figure[]> {
  const plain = await launchPlainBrowser();
  try {
    const imitated = await trainingFigures(browser, appUrl, engineUrl, options);
    return [
      ...(await startFigures(browser, appUrl, options)),
      ...(await trainingFigures(plain, appUrl, engineUrl, options)),
      ...imitated
        .filter(figure => figure.id === 'page/speed' || figure.id === 'page/long-tasks')
        .map(figure => ({
          ...figure,
          id: `${figure.id}-with-flags`,
          name: `${figure.name}; with the flags of the tests`,
        })),
    ];
  } finally {
    await plain.close();
  }
}

/** Without what the tests need to have WebGPU everywhere; the page's tab is awake as one in sight is. */
const launchPlainBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findOrInstallBrowser(),
    args: [...plainFlags, '--disable-background-timer-throttling', '--disable-renderer-backgrounding'],
  });

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
    const frames: number[] = [];
    const shares: number[] = [];
    const stretches: Stretch[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = steps / (await headless.run(steps));
      idle.push(...(await page.frames(watched)));
      await page.play();
      const stretch = await page.stretch(1000 * seconds);
      frames.push(...(await page.frames(watched)));
      await page.pause();
      const after = steps / (await headless.run(steps));
      shares.push(stretch.steps / stretch.seconds / ((before + after) / 2));
      stretches.push(stretch);
    }
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
