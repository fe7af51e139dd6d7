import { ConfigError, DisposedError } from '../errors.ts';
import { Batches } from '../gpu/batches.ts';
import { CallQueue } from '../gpu/call-queue.ts';
import type { GpuDevice } from '../gpu/device.ts';
import { DeviceNetworks, type DriverOptions } from '../gpu/device-networks.ts';
import type { DriverName } from '../gpu/driver.ts';
import { packLive, recordLength, unpackClock, unpackRecords } from '../gpu/packing.ts';
import { readRanges } from '../gpu/readback.ts';
import { SubmitPacer } from '../gpu/submit-pacer.ts';
import type { NetworkConfig } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import { InputNoise } from '../model/input-noise.ts';
import type { AdapterSummary, NetworkState } from '../network.ts';
import {
  configOf,
  type Member,
  type Population,
  type PopulationRecords,
  type StateOf,
} from './population.ts';

/** A population that says how its steps become dispatches. */
export interface DrivenPopulation extends Population {
  readonly driver: DriverName;
}

/**
 * Puts a population on an open GPU, and takes the device over: `dispose()` destroys it, and so does a failure here. Open
 * the device for as many networks. `stateOf` says what members start with; without it, they start from their seeds.
 * @throws ConfigError when there are no members, or one is set to what a network refuses
 * @throws OutOfMemoryError, ShaderError, DeviceLostError; FileError when a state does not fit `config`
 */
export async function createGpuPopulation(
  device: GpuDevice,
  config: NetworkConfig,
  members: readonly Member[],
  stateOf?: StateOf,
  options: DriverOptions = {},
): Promise<DrivenPopulation> {
  const lost = device.lost.then((error): never => {
    throw error;
  });
  try {
    if (members.length === 0) throw new ConfigError('members', 'a population needs at least one network');
    for (const member of members) configOf(config, member);
    const start = startOf(config, members, stateOf);
    const creating = DeviceNetworks.create(device, config, members.length, start, options);
    const networks = await Promise.race([creating, lost]);
    const firstStep = stateOf?.(0).clock.step ?? 0;
    return new GpuPopulation(device, config, members, networks, firstStep);
  } catch (error) {
    device.destroy();
    throw error;
  }
}

const learning = { learning: true, freeRun: false };

/** What each member starts with. Weights depend on the seed alone, and neighbours often share theirs. */
function startOf(config: NetworkConfig, members: readonly Member[], stateOf?: StateOf) {
  let last: { seed: number; state: NetworkState } | undefined;
  return (index: number) => {
    const { seed, live } = members[index]!;
    const packed = packLive(live, learning);
    if (stateOf) return { state: stateOf(index), live: packed };
    if (last?.seed !== seed) last = { seed, state: initialState(config, seed) };
    return { state: last.state, live: packed };
  };
}

class GpuPopulation implements DrivenPopulation {
  readonly engine = 'gpu';
  readonly adapter: AdapterSummary;
  readonly config: NetworkConfig;
  readonly members: readonly Member[];
  readonly lost: Promise<Error>;
  readonly driver: DriverName;

  readonly #device: GpuDevice;
  readonly #networks: DeviceNetworks;
  readonly #batches: Batches;
  readonly #pacer = new SubmitPacer();
  readonly #calls = new CallQueue();
  readonly #noises: readonly InputNoise[];
  /** Steps submitted. */
  #step: number;

  constructor(
    device: GpuDevice,
    config: NetworkConfig,
    members: readonly Member[],
    networks: DeviceNetworks,
    firstStep: number,
  ) {
    this.adapter = device.summary;
    this.config = config;
    this.members = members;
    this.lost = device.lost;
    this.driver = networks.driver.name;
    this.#device = device;
    this.#networks = networks;
    this.#step = firstStep;
    this.#noises = members.map(() => new InputNoise(config.inputs));
    const widths = { row: 2 * config.inputs, record: recordLength(config) };
    this.#batches = new Batches(
      device.device,
      networks.driver,
      networks.buffers.clock,
      members.length,
      widths,
    );
    device.lost.then(error => this.#calls.end(error));
  }

  async run(rows: Float32Array): Promise<PopulationRecords> {
    const width = 2 * this.config.inputs;
    const count = rows.length / width;
    if (!Number.isInteger(count))
      throw new ConfigError(
        'rows',
        `give ${width} numbers a step, the input and the target, not ${rows.length} in all`,
      );
    const own = rows.slice();
    const { firstStep, batches } = await this.#calls.issue(async () => {
      const firstStep = this.#step;
      const batches: Promise<Float32Array>[] = [];
      for (let at = 0; at < count; ) {
        const steps = Math.min(this.#pacer.steps, count - at);
        const dealt = this.#deal(own.subarray(at * width, (at + steps) * width), firstStep + at);
        const { records } = await this.#batches.submit(dealt, steps);
        this.#pacer.watch(steps, records);
        batches.push(records);
        at += steps;
      }
      this.#step += count;
      return { firstStep, batches };
    });
    const records = await this.#calls.unlessEnded(Promise.all(batches));
    const { fault } = this.#device;
    if (fault) throw new Error(`The GPU refused a command, which is a defect of DeepHTM: ${fault.message}`);
    return byStep(this.config, this.members.length, firstStep, records);
  }

  async state(member: number): Promise<NetworkState> {
    const [stored] = await this.#read([member]);
    return this.#decode(stored!);
  }

  async states(): Promise<StateOf> {
    const stored = await this.#read([...this.members.keys()]);
    // As they lie on the GPU: to turn them to what they are elsewhere takes longer than to copy them.
    return member => this.#decode(stored[member]!);
  }

  dispose(): void {
    this.#calls.end(new DisposedError('This population was disposed of; create another.'));
    this.#device.destroy();
  }

  /** What is stored of members, all at one step: their tensors, and then the clock. */
  async #read(members: readonly number[]): Promise<Float32Array[][]> {
    const { tensors } = this.#networks;
    const places = tensors.saved.map(name => tensors.find(name));
    const { reading } = await this.#calls.issue(() => {
      const ranges = members.flatMap(member => [
        ...places.map(place => this.#networks.rangeOf(member, place)),
        this.#networks.clockOf(member),
      ]);
      const reading = readRanges(this.#device.device, ranges);
      // Nobody waits for it if the population ends just now.
      reading.catch(() => {});
      return { reading };
    });
    const stored = await this.#calls.unlessEnded(reading);
    const each = places.length + 1;
    return members.map((_, i) => stored.slice(i * each, (i + 1) * each));
  }

  #decode(stored: readonly Float32Array[]): NetworkState {
    const { tensors } = this.#networks;
    return {
      tensors: new Map(tensors.saved.map((name, i) => [name, tensors.find(name).view.decode(stored[i]!)])),
      clock: unpackClock(stored[tensors.saved.length]!),
    };
  }

  /** From rows for all to rows for each, [step][member][2 * inputs], with the noise that each is set to. */
  #deal(rows: Float32Array, firstStep: number): Float32Array<ArrayBuffer> {
    const width = 2 * this.config.inputs;
    const members = this.members.length;
    const dealt = new Float32Array(rows.length * members);
    this.members.forEach(({ live }, member) => {
      const noisy = rows.slice();
      this.#noises[member]!.addTo(noisy, firstStep, live);
      for (let at = 0; at < rows.length; at += width)
        dealt.set(noisy.subarray(at, at + width), at * members + member * width);
    });
    return dealt;
  }
}

/** A population's records lie as those of one network with `members` times the steps. */
function byStep(
  config: NetworkConfig,
  members: number,
  firstStep: number,
  batches: readonly Float32Array[],
): PopulationRecords {
  const { inputs } = config;
  const { count, target, prediction, loss, bursting, winners } = unpackRecords(config, firstStep, batches);
  const steps = count / members;
  const shared = new Float32Array(steps * inputs);
  for (let step = 0; step < steps; step++)
    shared.set(target.subarray(step * members * inputs, (step * members + 1) * inputs), step * inputs);
  return { firstStep, count: steps, members, target: shared, prediction, loss, bursting, winners };
}
