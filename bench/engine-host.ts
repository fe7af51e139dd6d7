import { openGpu } from '../cli/dawn.ts';
import { createCpuNetwork } from '../engine/cpu/network.ts';
import { SignalStream } from '../engine/data/stream.ts';
import type { EngineChoice } from '../engine/engine-choice.ts';
import { openDevice } from '../engine/gpu/device.ts';
import type { NetworkConfig } from '../engine/model/config.ts';
import { initialState } from '../engine/model/initialise.ts';
import { liveParameters } from '../engine/model/settings.ts';
import type { AdapterSummary } from '../engine/network.ts';
import { createCpuPopulation } from '../engine/population/cpu-population.ts';
import { createGpuPopulation } from '../engine/population/gpu-population.ts';
import type { Population } from '../engine/population/population.ts';
import { Trainer } from '../engine/trainer.ts';
import { copyOnCpu, copyOnGpu } from './copy.ts';
import type { Answer, HostedEngine, Order } from './engine-order.ts';
import { measureLatency } from './latency.ts';
import { plain, seed, signal } from './networks.ts';
import { requireRoom } from './room.ts';
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
/** Bytes that are copied at a time to know how fast that is: beyond any cache. */
const mostCopied = 2 ** 28;

async function hostOne(order: Open): Promise<Host> {
  const { engine, driver, config } = order;
  if (engine === 'typescript') return hostTypeScript(order);
  const gpu = engine === 'gpu' ? await openGpu() : undefined;
  // Before any weights are made: it says whether the GPU can hold them.
  if (gpu) (await openDevice(gpu, config)).destroy();
  requireRoom(config);
  const trainer = await Trainer.create({ network: config, signal, seed }, { engine, driver, gpu });
  const { adapter, driver: chosen }: EngineChoice = trainer.choice;
  await trainer.run(settlingSteps);
  const bytes = Math.min(weightBytes(config), mostCopied);
  return {
    opened: {
      kind: 'opened',
      ...describe(adapter, engine),
      driver: chosen ?? loopsFor(config),
      bytesPerStep: bytesPerStep(config, await activityOf(trainer)),
      copyBytesPerSecond: gpu ? await copyOnGpu(gpu, bytes) : copyOnCpu(bytes),
    },
    run: steps => trainer.run(steps),
  };
}

/** The CPU engine leaves WebAssembly where 32-bit pointers do not reach all weights. */
const loopsFor = (config: NetworkConfig): string =>
  weightBytes(config) < 2 ** 32 ? 'WebAssembly' : 'TypeScript';

async function hostTypeScript({ engine, config }: Open): Promise<Host> {
  requireRoom(config);
  const network = createCpuNetwork(config, initialState(config, seed), { loops: 'typescript' });
  const stream = new SignalStream(signal, config.inputs, seed);
  return {
    opened: {
      kind: 'opened',
      ...describe(network.adapter, engine),
      driver: 'TypeScript',
      bytesPerStep: null,
      copyBytesPerSecond: null,
    },
    run: steps => network.run(stream.rows(steps)),
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
      driver: population.driver ?? 'WebAssembly',
      bytesPerStep: null,
      copyBytesPerSecond: null,
    },
    run: steps => population.run(stream.rows(steps)),
  };
}

const describe = ({ name, software }: AdapterSummary, engine: HostedEngine) => ({
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
