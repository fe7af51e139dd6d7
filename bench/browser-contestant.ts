import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { SignalStream } from '../engine/data/stream.ts';
import type { NetworkConfig } from '../engine/model/config.ts';
import { BenchPage } from './browser.ts';
import type { Entry, Subject } from './contestant.ts';
import type { EnginePage } from './engine-page/main.ts';
import { learningOf } from './learning.ts';
import { seed, signal } from './networks.ts';

/** The engine that the page takes, in a worker of a page that has nothing else. */
export const headlessEntry = (subject: Subject, browser: Browser, url: string): Entry => ({
  ...subject,
  async open() {
    const page = await BenchPage.open<EnginePage>(browser, url);
    const opened = await page.call('open', { network: subject.config, signal, seed });
    return {
      adapter: opened.adapter,
      hardware: opened.hardware,
      driver: opened.driver,
      run: async steps => (await page.call('run', steps)).seconds,
      close: () => page.close(),
    };
  },
});

/** What `peers/main.ts` offers. Its types need packages that only the bench installs. */
type PeerPage = {
  open(name: string, network: NetworkConfig, seed: number): Promise<{ backend: string; adapter: string }>;
  run(rows: number[]): Promise<number>;
  takeLosses(): Promise<number[]>;
};

/** Backends of the peers, by library and kind. */
export const peers = [
  {
    kind: 'tfjs, autograd',
    names: ['wasm', 'wasm-threads', 'webgl', 'webgpu'].map(b => `tfjs-autograd-${b}`),
  },
  {
    kind: 'tfjs, backward pass by hand',
    names: ['wasm', 'wasm-scatter', 'wasm-threads', 'webgl', 'webgpu'].map(b => `tfjs-by-hand-${b}`),
  },
  { kind: 'jax-js, autograd', names: ['wasm', 'webgpu'].map(b => `jax-autograd-${b}`) },
] as const;

/** Whether the packages of `bench/package.json` are there. */
export const peersInstalled = (): boolean =>
  existsSync(join(import.meta.dirname, 'node_modules/@jax-js/jax'));

const learningSteps = 500;
const software = /SwiftShader|llvmpipe|lavapipe|WARP|Basic Render/i;

/** The same network in another library: the same weights at the start, the same rows. */
export const peerEntry = (subject: Subject, name: string, browser: Browser, url: string): Entry => ({
  ...subject,
  async open() {
    const { config } = subject;
    const page = await BenchPage.open<PeerPage>(browser, url);
    const { backend, adapter } = await page.call('open', name, config, seed);
    const stream = new SignalStream(signal, config.inputs, seed);
    const losses: number[] = [];
    return {
      adapter: software.exec(adapter)?.[0] ?? adapter,
      hardware: adapter !== 'CPU' && !software.test(adapter),
      driver: backend,
      async run(steps) {
        const seconds = await page.call('run', [...stream.rows(steps)]);
        losses.push(...(await page.call('takeLosses')));
        return seconds;
      },
      async learning() {
        // Enough to see it learn, where that does not take all day.
        const patience = performance.now() + 5_000;
        while (losses.length < learningSteps && performance.now() < patience) {
          await page.call('run', [...stream.rows(2)]);
          losses.push(...(await page.call('takeLosses')));
        }
        return learningOf(config, losses);
      },
      close: () => page.close(),
    };
  },
});
