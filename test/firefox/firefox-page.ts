import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { findFirefox } from '../../scripts/find-firefox.ts';

/** Through WebDriver BiDi, which every Firefox speaks. @param downloads the folder to which they go */
export const startFirefox = (downloads: string): Promise<Browser> =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    defaultViewport: { width: 1440, height: 900 },
    extraPrefsFirefox: {
      // Not yet so by itself everywhere.
      'dom.webgpu.enabled': true,
      'gfx.webgpu.ignore-blocklist': true,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
    },
  });

/** The page in Firefox, by what a person sees on it. */
export class FirefoxPage {
  readonly #page: Page;
  /** Console errors, uncaught exceptions, breaches of the policy, and requests to other hosts: a good page has none. */
  readonly faults: string[] = [];

  private constructor(page: Page) {
    this.#page = page;
    page.on('pageerror', error => this.faults.push(`uncaught: ${error}`));
    page.on('console', message => {
      if (message.type() === 'error') this.faults.push(`console: ${message.text()}`);
    });
    page.on('request', request => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== 'localhost') this.faults.push(`request to ${hostname}`);
    });
  }

  /** A page of its own: it shares nothing that is kept with those before it. */
  static async in(browser: Browser): Promise<FirefoxPage> {
    const page = await (await browser.createBrowserContext()).newPage();
    await page.evaluateOnNewDocument(() =>
      addEventListener('securitypolicyviolation', event => {
        throw new Error(`the policy forbids ${event.violatedDirective} ${event.blockedURI}`);
      }),
    );
    return new FirefoxPage(page);
  }

  async close(): Promise<void> {
    await this.#page.browserContext().close();
  }

  async open(address: string): Promise<void> {
    await this.#page.goto(address);
    // A CPU that plays the GPU takes long to compile.
    await this.#page.waitForSelector('.engine-badge', { timeout: 100_000 });
  }

  /** What the engine's badge says. */
  engine(): Promise<string> {
    return this.#page.$eval('.engine-badge', badge => badge.textContent ?? '');
  }

  async reload(): Promise<void> {
    await this.#page.reload();
    await this.#page.waitForSelector('.engine-badge');
  }

  /** @param name a label, or a text by itself, of a button or a tab */
  async click(name: string): Promise<void> {
    const named = `@aria-label="${name}" or .//text()[normalize-space()="${name}"]`;
    await this.#page.locator(`::-p-xpath(//*[self::button or @role="tab"][${named}])`).click();
  }

  text(selector: string): Promise<string> {
    return this.#page.$$eval(selector, found => found.map(element => element.textContent).join('\n'));
  }

  /** The number of a counter: Step or Error ratio. */
  number(name: string): Promise<number> {
    return this.#page.$$eval(
      '.counter',
      (counters, wanted) => {
        const counter = counters.find(c => c.querySelector('dt')?.textContent === wanted);
        return Number(counter?.querySelector('dd')?.firstChild?.textContent?.replaceAll(',', ''));
      },
      name,
    );
  }

  /** Starts anew and trains up to a step. */
  async runTo(step: number): Promise<void> {
    await this.click('Pause');
    await this.click('Reset');
    await expect.poll(() => this.number('Step')).toBe(0);
    await this.#page.locator('.transport-target').click();
    await this.#page.keyboard.down('Control');
    await this.#page.keyboard.press('a');
    await this.#page.keyboard.up('Control');
    await this.#page.keyboard.type(String(step));
    await this.click('Run');
    await expect.poll(() => this.number('Step'), { timeout: 50_000 }).toBe(step);
    // All figures are there when it rests.
    await this.#page.waitForSelector('::-p-xpath(//button[normalize-space()="Play"])');
  }

  /** Distinct colours on the most colourful canvas: nothing was drawn where there are few. */
  colors(): Promise<number> {
    return this.#page.$$eval('canvas', canvases =>
      canvases.reduce((most, canvas) => {
        const context = canvas.getContext('2d');
        if (!context || canvas.width === 0) return most;
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        return Math.max(most, new Set(new Uint32Array(data.buffer)).size);
      }, 0),
    );
  }

  /** Whether the page will open without a network. */
  async waitUntilOffline(): Promise<void> {
    await this.#page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  }
}
