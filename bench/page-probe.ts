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
  const nextCount = (): Promise<{ step: number; at: number }> =>
    new Promise(resolve => {
      const before = step();
      const end = () => {
        observer.disconnect();
        clearTimeout(timer);
        resolve({ step: step(), at: performance.now() });
      };
      const observer = new MutationObserver(() => {
        if (step() !== before) end();
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true });
      const timer = setTimeout(end, 2000);
    });
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
    await new Promise(resolve => setTimeout(resolve, milliseconds));
    const end = await nextCount();
    observer.disconnect();
    return { steps: end.step - begin.step, seconds: (end.at - begin.at) / 1000, longTasks };
  };
  const frames = async (milliseconds: number) => {
    const times: number[] = [];
    for (let last = performance.now(), end = last + milliseconds; last < end; ) {
      const now = await new Promise<number>(resolve =>
        requestAnimationFrame(() => resolve(performance.now())),
      );
      times.push(now - last);
      last = now;
    }
    return times;
  };
  Object.assign(globalThis, { probe: { start, stretch, frames } });
}

interface Probe {
  start(): Promise<Start>;
  stretch(milliseconds: number): Promise<Stretch>;
  frames(milliseconds: number): Promise<number[]>;
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

  /** Lets it train, and asks for nothing meanwhile: who waits for every frame makes the page prepare one. */
  stretch(milliseconds: number): Promise<Stretch> {
    return this.#page.evaluate(
      time => (globalThis as unknown as { probe: Probe }).probe.stretch(time),
      milliseconds,
    );
  }

  /** Milliseconds between animation frames. */
  frames(milliseconds: number): Promise<number[]> {
    return this.#page.evaluate(
      time => (globalThis as unknown as { probe: Probe }).probe.frames(time),
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
