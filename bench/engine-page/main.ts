import type { Settings } from '../../engine/model/config.ts';
import type { HostAnswer, HostOrder } from './engine.worker.ts';

const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });

function ask(order: HostOrder): Promise<HostAnswer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<HostAnswer>) => resolve(data);
    worker.onerror = event => reject(new Error(event.message));
    worker.postMessage(order);
  });
}

/** What the benchmark calls from outside. */
const bench = {
  open: (settings: Settings) => ask({ kind: 'open', settings }),
  run: (steps: number) => ask({ kind: 'run', steps }),
};

export type EnginePage = typeof bench;

Object.assign(globalThis, { bench });
