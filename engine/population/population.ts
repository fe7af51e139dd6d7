import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import type { AdapterSummary, LiveParameters, NetworkState } from '../network.ts';

/** What tells one network of a population from the others. */
export interface Member {
  /** Of its initial weights. */
  readonly seed: number;
  readonly live: LiveParameters;
}

/** What the network is set to that a member has alone. @throws ConfigError */
export const configOf = (config: NetworkConfig, { live }: Member): NetworkConfig =>
  parseNetwork({ ...config, ...live });

/** What the network at a place of a population remembers. */
export type StateOf = (member: number) => NetworkState;

/** What a run of steps reports of all networks; arrays are [count, members, …]. */
export interface PopulationRecords {
  /** Number of the first step in the batch, counted from 0. */
  readonly firstStep: number;
  readonly count: number;
  readonly members: number;
  /** [count, inputs]: of all networks the same. */
  readonly target: Float32Array;
  /** [count, members, inputs] */
  readonly prediction: Float32Array;
  /** Mean squared error before the update, [count, members]. */
  readonly loss: Float32Array;
  /** How many winners burst, [count, members]. */
  readonly bursting: Uint32Array;
  /** Column indices by descending score, [count, members, winners]. */
  readonly winners: Uint32Array;
}

/**
 * Independent networks of one shape that learn from one signal, side by side. Each gives the numbers that it gives alone
 * (`Network`): the CPU's bit for bit, the GPU's within float32 rounding.
 */
export interface Population {
  readonly engine: 'gpu' | 'cpu';
  readonly adapter: AdapterSummary;
  /** Of all; what is live in it differs from member to member. */
  readonly config: NetworkConfig;
  readonly members: readonly Member[];
  /** Resolves once, when the device is lost; never on the CPU. */
  readonly lost: Promise<Error>;

  /** Runs one step of every network for each row of `rows` = [count, 2 * inputs]: the input, then the target. */
  run(rows: Float32Array): Promise<PopulationRecords>;
  /** All that one network needs to go on alone, or in another population. */
  state(member: number): Promise<NetworkState>;
  /** The same of all networks, after the same step. On a GPU that step's copies are made before the next step begins. */
  states(): Promise<StateOf>;
  dispose(): void;
}
