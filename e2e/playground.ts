import { test as base, expect, type Locator, type Page } from '@playwright/test';

/** The page, by what a person sees on it. */
export class Playground {
  readonly page: Page;
  /** Console errors, uncaught exceptions, and requests to other hosts: a good page has none. */
  readonly faults: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', error => this.faults.push(`uncaught: ${error.message}`));
    page.on('console', message => {
      if (message.type() === 'error') this.faults.push(`console: ${message.text()}`);
    });
    page.on('request', request => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.hostname !== 'localhost')
        this.faults.push(`request to ${url.host}`);
    });
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`/${query}`);
    await expect(this.engine).toBeVisible({ timeout: 60_000 });
  }

  get engine(): Locator {
    return this.page.getByRole('button', { name: /^Engine:/ });
  }

  get playButton(): Locator {
    return this.page.getByRole('button', { name: 'Play', exact: true });
  }

  get pauseButton(): Locator {
    return this.page.getByRole('button', { name: 'Pause', exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  notice(title: string | RegExp): Locator {
    return this.page.locator('.notice').filter({ hasText: title });
  }

  /** The text of a counter: Step, Steps/s, Loss or Error ratio. */
  async counter(name: string): Promise<string> {
    const value = this.page
      .locator('.counter')
      .filter({ has: this.button(name) })
      .locator('dd');
    return value.evaluate(dd => dd.firstChild?.textContent ?? '');
  }

  async number(name: string): Promise<number> {
    return Number((await this.counter(name)).replaceAll(',', ''));
  }

  step(): Promise<number> {
    return this.number('Step');
  }

  async pause(): Promise<void> {
    await this.pauseButton.click();
    await expect(this.playButton).toBeEnabled();
  }

  /** Trains up to a step and waits until it stands there. */
  async runTo(step: number): Promise<void> {
    await this.page.getByLabel('Run to step').fill(String(step));
    await this.button('Run').click();
    await expect.poll(() => this.step(), { timeout: 100_000 }).toBe(step);
    await expect(this.playButton).toBeEnabled();
  }

  async download(click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
  }

  downloadWeights(): Promise<{ name: string; bytes: Buffer }> {
    return this.download(async () => {
      await this.button('Weights').click();
      await this.page.getByRole('button', { name: /^Download weights/ }).click();
    });
  }

  upload(name: string, bytes: Buffer): Promise<void> {
    const files = { name, mimeType: 'application/octet-stream', buffer: bytes };
    return this.page.getByLabel('Weights file').setInputFiles(files);
  }
}

/** A test that has the page, and fails when the page has a fault. */
export const test = base.extend<{ playground: Playground }>({
  playground: async ({ page }, use) => {
    const playground = new Playground(page);
    await use(playground);
    expect(playground.faults).toEqual([]);
  },
});

export { expect };
