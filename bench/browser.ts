import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { build, type PreviewServer, preview } from 'vite';
import { browserFlags, findOrInstallBrowser } from '../scripts/find-browser.ts';

/** With these a page may share memory, which WebAssembly needs for threads: peers that use them are not held back. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const root = import.meta.dirname;

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
  const outDir = join(root, 'dist/peers');
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

/** Chromium without a window, as the tests start it. */
export function launchBrowser(): Promise<Browser> {
  // A hidden page's timers and frames are slowed down; several pages are open here at once, and all are to run.
  const awake = ['--disable-background-timer-throttling', '--disable-renderer-backgrounding'];
  return chromium.launch({ executablePath: findOrInstallBrowser(), args: [...browserFlags, ...awake] });
}

/** A page whose console errors fail the benchmark, rather than be measured as if nothing were wrong. */
export async function openPage(browser: Browser, url: string): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(error.message));
  await page.goto(url);
  return { page, faults };
}
