import { openGpu } from '../cli/dawn.ts';
import { SignalStream } from '../engine/data/stream.ts';
import type { EngineChoice } from '../engine/engine-choice.ts';
import { openDevice } from '../engine/gpu/device.ts';
import { liveParameters } from '../engine/model/settings.ts';
import type { AdapterSummary } from '../engine/network.ts';
import { createCpuPopulation } from '../engine/population/cpu-population.ts';
import { createGpuPopulation } from '../engine/population/gpu-population.ts';
import type { Population } from '../engine/population/population.ts';
import { Trainer } from '../engine/trainer.ts';
import { copyOnCpu, copyOnGpu } from './copy.ts';
import type { Answer, Order } from './engine-order.ts';
import { measureLatency } from './latency.ts';
import { plain, seed, signal } from './networks.ts';
import { activityOf, bytesPerStep, weightBytes } from './traffic.ts';

// A process of its own for each contestant: what V8 compiles for one would slow the next.

type Opened = Extract<Answer, { kind: 'opened' }>;
type Open = Extract<Order, { kind: 'open' }>;
interface Host {
  readonly opened: Opened;
  run(steps: number): Promise<unknown>;
}

/** Steps after which activity is looked at, to know what a step moves. */
const settlingSteps = 100;

async function hostOne({ engine, driver, config }: Open): Promise<Host> {
  const gpu = engine === 'gpu' ? await openGpu() : undefined;
  const trainer = await Trainer.create({ network: config, signal, seed }, { engine, driver, gpu });
  const { adapter, driver: chosen }: EngineChoice = trainer.choice;
  await trainer.run(settlingSteps);
  const bytes = weightBytes(config);
  return {
    opened: {
      kind: 'opened',
      ...describe(adapter, engine),
      driver: chosen ?? null,
      bytesPerStep: bytesPerStep(config, await activityOf(trainer)),
      copyBytesPerSecond: gpu ? await copyOnGpu(gpu, bytes) : copyOnCpu(bytes),
    },
    run: steps => trainer.run(steps),
  };
}

async function hostMany({ engine, driver, config, networks }: Open): Promise<Host> {
  const live = liveParameters(config);
  // Weights as different as those of as many seeds would be, and much sooner there.
  const members = Array.from({ length: networks }, () => ({ seed, live }));
  const population: Population & { driver?: string } =
    engine === 'gpu'
      ? await createGpuPopulation(
          await openDevice(await openGpu(), config, networks),
          config,
          members,
          undefined,
          {
            driver,
          },
        )
      : await createCpuPopulation(config, members);
  const stream = new SignalStream(signal, config.inputs, seed);
  return {
    opened: {
      kind: 'opened',
      ...describe(population.adapter, engine),
      driver: population.driver ?? null,
      bytesPerStep: null,
      copyBytesPerSecond: null,
    },
    run: steps => population.run(stream.rows(steps)),
  };
}

const describe = ({ name, software }: AdapterSummary, engine: 'cpu' | 'gpu') => ({
  adapter: name,
  hardware: engine === 'gpu' && !software,
});

let host: Host | undefined;

async function answer(order: Order): Promise<Answer> {
  if (order.kind === 'open') {
    host = await (order.networks === 1 ? hostOne : hostMany)(order);
    return host.opened;
  }
  if (order.kind === 'latency')
    return { kind: 'latency', ...(await measureLatency(await openGpu(), plain())) };
  const start = performance.now();
  await host!.run(order.steps);
  return { kind: 'ran', seconds: (performance.now() - start) / 1000 };
}

process.on('message', order => {
  answer(order as Order)
    .catch(
      (error): Answer => ({
        kind: 'failed',
        message: error instanceof Error ? error.message : String(error),
      }),
    )
    .then(sent => process.send!(sent));
});
