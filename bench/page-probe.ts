import type { Browser, Page } from 'playwright';

/** Of the page's own clock, in milliseconds since it was asked for. */
export interface Start {
  readonly paint: number;
  readonly step: number;
}

/** What one stretch of time was like in the page. */
export interface Stretch {
  readonly steps: number;
  readonly seconds: number;
  /** Between animation frames, in milliseconds. */
  readonly frames: readonly number[];
  /** Of the main thread, those above 50 ms, in milliseconds. */
  readonly longTasks: readonly number[];
}

/** Runs in the page: tells of its first step, and of stretches of time. */
function probe(): void {
  const step = (): number => {
    const counter = [...document.querySelectorAll('.counter')].find(c => c.textContent?.startsWith('Step'));
    return Number(counter?.querySelector('dd')?.firstChild?.textContent?.replaceAll(/\D/g, '') || 0);
  };
  const firstStep = new Promise<number>(resolve => {
    const observer = new MutationObserver(() => {
      if (step() === 0) return;
      observer.disconnect();
      resolve(performance.now());
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
  /** The counter when it next changes: between its changes it is behind. */
  const nextCount = async (): Promise<{ step: number; at: number }> => {
    const before = step();
    for (let tries = 0; step() === before && tries < 100; tries++)
      await new Promise(resolve => requestAnimationFrame(resolve));
    return { step: step(), at: performance.now() };
  };
  const start = async () => {
    const at = await firstStep;
    return {
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      step: at,
    };
  };
  const stretch = async (milliseconds: number) => {
    const longTasks: number[] = [];
    const observer = new PerformanceObserver(list =>
      longTasks.push(...list.getEntries().map(e => e.duration)),
    );
    observer.observe({ type: 'longtask' });
    const begin = await nextCount();
    const frames: number[] = [];
    for (let last = performance.now(), end = last + milliseconds; last < end; ) {
      const now = await new Promise<number>(resolve =>
        requestAnimationFrame(() => resolve(performance.now())),
      );
      frames.push(now - last);
      last = now;
    }
    const end = await nextCount();
    observer.disconnect();
    return { steps: end.step - begin.step, seconds: (end.at - begin.at) / 1000, frames, longTasks };
  };
  Object.assign(globalThis, { probe: { start, stretch } });
}

interface Probe {
  start(): Promise<Start>;
  stretch(milliseconds: number): Promise<Stretch>;
}

/** The published page, trained in and watched. */
export class ProbedPage {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** In a profile of its own: nothing is cached. */
  static async open(browser: Browser, url: string): Promise<ProbedPage> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    // The compiler that runs this file gives functions their names by a function of its own.
    await page.addInitScript({ content: `{ const __name = value => value; (${probe})(); }` });
    await page.goto(url);
    return new ProbedPage(page);
  }

  /** When it first painted, and showed a first step. */
  start(): Promise<Start> {
    return this.#page.evaluate(() => (globalThis as unknown as { probe: Probe }).probe.start());
  }

  stretch(milliseconds: number): Promise<Stretch> {
    return this.#page.evaluate(
      time => (globalThis as unknown as { probe: Probe }).probe.stretch(time),
      milliseconds,
    );
  }

  pause(): Promise<void> {
    return this.#page.getByRole('button', { name: 'Pause', exact: true }).click();
  }

  play(): Promise<void> {
    return this.#page.getByRole('button', { name: 'Play', exact: true }).click();
  }

  close(): Promise<void> {
    return this.#page.context().close();
  }
}
