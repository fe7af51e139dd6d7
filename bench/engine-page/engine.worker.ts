import type { Settings } from '../../engine/model/config.ts';
import { Trainer } from '../../engine/trainer.ts';

export type HostOrder = { kind: 'open'; settings: Settings } | { kind: 'run'; steps: number };

export interface HostAnswer {
  adapter: string;
  hardware: boolean;
  driver: string | null;
  /** Of a run. */
  seconds: number;
}

let trainer: Trainer | undefined;

/** The engine that the page would take, with nothing to watch it. */
async function answer(order: HostOrder): Promise<HostAnswer> {
  if (order.kind === 'open') trainer = await Trainer.create(order.settings);
  const { engine, adapter, driver } = trainer!.choice;
  const start = performance.now();
  if (order.kind === 'run') await trainer!.run(order.steps);
  const seconds = (performance.now() - start) / 1000;
  const hardware = engine === 'gpu' && !adapter.software;
  return { adapter: adapter.name, hardware, driver: driver ?? null, seconds };
}

addEventListener('message', async ({ data }: MessageEvent<HostOrder>) => {
  postMessage(await answer(data));
});
addEventListener('unhandledrejection', ({ reason }) => {
  throw reason;
});
