import { createCpuNetwork } from '../cpu/network.ts';
import { ConfigError, OutOfMemoryError } from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import { elementCount, savedTensors } from '../model/tensors.ts';
import type { AdapterSummary, Network, NetworkState, StepRecords } from '../network.ts';
import { nextTask } from '../pacing.ts';
import {
  configOf,
  type Member,
  type Population,
  type PopulationRecords,
  type StateOf,
} from './population.ts';

/** Steps that one network runs before the next has its turn. */
const slice = 16;
/** Messages and timers wait no longer than this. */
const restMilliseconds = 8;
/** Many a browser gives a page no more than this. */
const mostBytes = 4 * 2 ** 30;

const bytesOf = (config: NetworkConfig): number =>
  savedTensors(config).reduce((sum, { shape }) => sum + 4 * elementCount(shape), 0);

const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/**
 * A population on one CPU core: the networks take turns. Initial weights are made one network at a time, so that
 * messages are heard meanwhile. `stateOf` says what members start with; without it, they start from their seeds.
 * @throws ConfigError when there are no members, or one is set to what a network refuses
 * @throws OutOfMemoryError when they need more than a page can be sure of
 */
export async function createCpuPopulation(
  config: NetworkConfig,
  members: readonly Member[],
  stateOf?: StateOf,
): Promise<Population> {
  if (members.length === 0) throw new ConfigError('members', 'a population needs at least one network');
  const bytes = members.length * bytesOf(config);
  if (bytes > mostBytes) throw new OutOfMemoryError(tooLarge(bytes, members.length));
  const networks: Network[] = [];
  let seed: number | null = null;
  let state: NetworkState | null = null;
  try {
    for (const [index, member] of members.entries()) {
      // Initial weights depend on the seed alone, and neighbours often share theirs.
      if (stateOf) state = stateOf(index);
      else if (state === null || seed !== member.seed) state = initialState(config, member.seed);
      seed = member.seed;
      networks.push(createCpuNetwork(configOf(config, member), state));
      await nextTask();
    }
  } catch (error) {
    for (const network of networks) network.dispose();
    if (error instanceof RangeError)
      throw new OutOfMemoryError(tooLarge(bytes, members.length), { cause: error });
    throw error;
  }
  return new CpuPopulation(config, members, networks);
}

const tooLarge = (bytes: number, count: number): string =>
  `${count} networks of this size take ${gigabytes(bytes)}, more than there is room for. ` +
  'Use fewer networks, columns, cells per column or units, or an optimiser that keeps less.';

class CpuPopulation implements Population {
  readonly engine = 'cpu';
  readonly adapter: AdapterSummary;
  readonly config: NetworkConfig;
  readonly members: readonly Member[];
  readonly lost: Promise<Error> = new Promise(() => {});
  readonly #networks: readonly Network[];
  #calls: Promise<unknown> = Promise.resolve();

  constructor(config: NetworkConfig, members: readonly Member[], networks: readonly Network[]) {
    this.config = config;
    this.members = members;
    this.adapter = networks[0]!.adapter;
    this.#networks = networks;
  }

  run(rows: Float32Array): Promise<PopulationRecords> {
    return this.#inTurn(() => this.#run(rows));
  }

  state(member: number): Promise<NetworkState> {
    return this.#inTurn(() => this.#networks[member]!.state());
  }

  states(): Promise<StateOf> {
    return this.#inTurn(async () => {
      const states = await Promise.all(this.#networks.map(network => network.state()));
      return member => states[member]!;
    });
  }

  dispose(): void {
    for (const network of this.#networks) network.dispose();
  }

  /** A state that is asked for while the networks take turns is that after all of them had theirs. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#calls.then(work);
    this.#calls = done.catch(() => {});
    return done;
  }

  async #run(rows: Float32Array): Promise<PopulationRecords> {
    const { inputs, winners } = this.config;
    const width = 2 * inputs;
    if (rows.length % width !== 0)
      throw new ConfigError(
        'rows',
        `give ${width} numbers a step, the input and the target, not ${rows.length}`,
      );
    const count = rows.length / width;
    const members = this.#networks.length;
    const all: PopulationRecords = {
      firstStep: 0,
      count,
      members,
      target: new Float32Array(count * inputs),
      prediction: new Float32Array(count * members * inputs),
      loss: new Float32Array(count * members),
      bursting: new Uint32Array(count * members),
      winners: new Uint32Array(count * members * winners),
    };
    let firstStep = 0;
    let rested = performance.now();
    for (let from = 0; from < count; from += slice) {
      const part = rows.subarray(from * width, Math.min(from + slice, count) * width);
      for (const [member, network] of this.#networks.entries()) {
        const records = await network.run(part);
        if (from === 0) firstStep = records.firstStep;
        enter(all, member, from, records);
        if (performance.now() - rested < restMilliseconds) continue;
        await nextTask();
        rested = performance.now();
      }
    }
    return { ...all, firstStep };
  }
}

/** Puts a member's steps, the first of which is the population's step `from`, in their places among all. */
function enter(all: PopulationRecords, member: number, from: number, records: StepRecords): void {
  const inputs = records.target.length / records.count;
  const winners = records.winners.length / records.count;
  all.target.set(records.target, from * inputs);
  for (let r = 0; r < records.count; r++) {
    const at = (from + r) * all.members + member;
    all.prediction.set(records.prediction.subarray(r * inputs, (r + 1) * inputs), at * inputs);
    all.loss[at] = records.loss[r]!;
    all.bursting[at] = records.bursting[r]!;
    all.winners.set(records.winners.subarray(r * winners, (r + 1) * winners), at * winners);
  }
}
