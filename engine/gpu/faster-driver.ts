import type { NetworkConfig } from '../model/config.ts';
import { Batches } from './batches.ts';
import type { DeviceNetworks } from './device-networks.ts';
import type { DriverName } from './driver.ts';
import { recordLength } from './packing.ts';
import type { Program } from './program.ts';
import { sourceOf } from './shader.ts';

/** How long one measurement lasts, so that what a submit costs by itself does not decide. */
const targetMilliseconds = 6;
const mostSteps = 256;
const rounds = 3;

/** How much longer than the first driver's the others' compilation may take; they are done without then. */
const compilerMilliseconds = 4000;

export interface Candidate {
  readonly name: DriverName;
  readonly program: Program;
  /** Compiles. */
  networks(): Promise<DeviceNetworks>;
}

/** What was faster, by adapter and shader: who starts the same run again gets the same bits. */
const known = new Map<string, DriverName>();

/**
 * Compiles both drivers, lets them run the real network in turn, and gives the faster one. The first one counts where the
 * other does not compile. `fill` writes what is there to run on; the network is not in that state afterwards.
 */
export async function fasterDriver(
  device: GPUDevice,
  adapter: string,
  config: NetworkConfig,
  candidates: readonly Candidate[],
  fill: (networks: DeviceNetworks) => void,
): Promise<DeviceNetworks> {
  const key = `${adapter}\n${sourceOf(candidates[0]!.program.step)}`;
  const before = candidates.find(({ name }) => name === known.get(key));
  if (before) return before.networks();

  const compiling = candidates.map(candidate => candidate.networks());
  for (const networks of compiling) networks.catch(() => {});
  const first = await compiling[0]!;
  const others = await Promise.all(
    compiling.slice(1).map(networks =>
      within(
        compilerMilliseconds,
        networks.catch(() => undefined),
      ),
    ),
  );
  const compiled = [first, ...others.filter(networks => networks !== undefined)];
  fill(first);
  const stands = compiled.map(networks => new Stand(device, config, networks));
  const times = await measure(stands);
  for (const stand of stands) stand.destroy();
  const fastest = compiled[times.indexOf(Math.min(...times))]!;
  known.set(key, fastest.driver.name);
  return fastest;
}

/** Runs some steps of a network, and says how long they took. */
class Stand {
  readonly #batches: Batches;
  readonly #width: number;

  constructor(device: GPUDevice, config: NetworkConfig, { driver, buffers, count }: DeviceNetworks) {
    const widths = { row: 2 * config.inputs, record: recordLength(config) };
    this.#width = count * widths.row;
    this.#batches = new Batches(device, driver, buffers.clock, count, widths);
  }

  /** In milliseconds, of all. */
  async run(steps: number): Promise<number> {
    const rows = Float32Array.from({ length: steps * this.#width }, (_, at) => Math.sin(at));
    const begun = performance.now();
    const { records } = await this.#batches.submit(rows, steps);
    await records;
    return performance.now() - begun;
  }

  destroy(): void {
    this.#batches.destroy();
  }
}

/** Milliseconds of each for as many steps: the best of a few rounds, in which they take turns. */
async function measure(stands: readonly Stand[]): Promise<number[]> {
  // The first step is slow, and one at a time must do: who knows how long they take.
  for (const stand of stands) await stand.run(1);
  let steps = 1;
  for (let best = 0; best < targetMilliseconds && steps < mostSteps; ) {
    steps = best === 0 ? 1 : Math.min(mostSteps, steps * 2);
    best = await stands[0]!.run(steps);
  }
  const times = stands.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++)
    for (const [i, stand] of stands.entries()) times[i] = Math.min(times[i]!, await stand.run(steps));
  return times;
}

async function within<T>(milliseconds: number, pending: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([pending, late]);
  } finally {
    clearTimeout(timer);
  }
}
