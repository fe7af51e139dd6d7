import { cpSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { build, type PreviewServer, preview } from 'vite';
import { contentSecurityPolicy } from '../scripts/build/content-security-policy.ts';
import { browserFlags, findOrInstallBrowser } from '../scripts/find-browser.ts';

/** With these a page may share memory, which WebAssembly needs for threads: peers that use them are not held back. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const root = import.meta.dirname;
const project = dirname(root);
/** Everything that is built for the bench; git ignores it. */
const built = join(root, 'dist');

/** A built site, served until it is closed. */
export class Site {
  readonly #server: PreviewServer;
  readonly url: string;

  private constructor(server: PreviewServer, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async serve(folder: string, headers: Record<string, string> = {}): Promise<Site> {
    const server = await preview({
      configFile: false,
      root: folder,
      logLevel: 'error',
      build: { outDir: '.' },
      preview: { port: 0, headers },
    });
    return new Site(server, server.resolvedUrls!.local[0]!);
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

/** Builds and serves the pages of the peers. They need the packages of `bench/package.json`. */
export async function servePeers(): Promise<Site> {
  const outDir = join(built, 'peers');
  await build({
    configFile: false,
    root: join(root, 'peers'),
    base: './',
    logLevel: 'error',
    // tfjs starts its threads from the source text of a function, which does not survive new names.
    build: { outDir, emptyOutDir: true, target: 'es2023', minify: false },
  });
  const wasm = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  for (const file of readdirSync(wasm).filter(name => name.endsWith('.wasm')))
    cpSync(join(wasm, file), join(outDir, 'tfjs', file));
  return Site.serve(outDir, isolation);
}

/** Builds and serves the page as it is published. */
export async function serveApp(): Promise<Site> {
  const outDir = join(built, 'app');
  await build({ root: project, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return Site.serve(outDir, { 'Content-Security-Policy': contentSecurityPolicy });
}

/** Builds and serves a page that has nothing but a worker with the engine. */
export async function serveEngine(): Promise<Site> {
  const outDir = join(built, 'engine');
  await build({
    configFile: false,
    root: join(root, 'engine-page'),
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  });
  return Site.serve(outDir);
}

/** Chromium without a window, as the tests start it. */
export function launchBrowser(): Promise<Browser> {
  // A hidden page's timers and frames are slowed down; several pages are open here at once, and all are to run.
  const awake = ['--disable-background-timer-throttling', '--disable-renderer-backgrounding'];
  return chromium.launch({ executablePath: findOrInstallBrowser(), args: [...browserFlags, ...awake] });
}

/** What pages of the bench give to be called from outside. */
type Methods = Record<string, (...parameters: never[]) => unknown>;

/** A page that offers `globalThis.bench`, in a tab of its own. */
export class BenchPage<M extends Methods> {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open<M extends Methods>(browser: Browser, url: string): Promise<BenchPage<M>> {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => 'bench' in globalThis);
    return new BenchPage<M>(page);
  }

  /** @throws Error when the page's method does, or takes longer than two minutes */
  call<K extends keyof M & string>(
    method: K,
    ...given: Parameters<M[K]>
  ): Promise<Awaited<ReturnType<M[K]>>> {
    const called = this.#page.evaluate(
      ([name, parameters]) =>
        (globalThis as unknown as { bench: Methods }).bench[name]!(...(parameters as never[])),
      [method, given] as const,
    );
    return within(patience, called as Promise<Awaited<ReturnType<M[K]>>>);
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}

const patience = 120_000;

async function within<T>(milliseconds: number, pending: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${milliseconds / 1000} s.`)), milliseconds);
  });
  try {
    return await Promise.race([pending, late]);
  } finally {
    clearTimeout(timer);
  }
}
