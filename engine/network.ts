import type { NetworkConfig } from './model/config.ts';

/** Settings that a running network takes at once. All others need a restart. */
export interface LiveParameters {
  learningRate: number;
  finalRate: number;
  decay: number;
  encoderRate: number;
  memoryRate: number;
  biasRate: number;
  warmup: number;
  inputNoise: number;
  finalInputNoise: number;
  inputNoiseSteps: number;
  errorClip: number;
  homeostasisRate: number;
  boostStrength: number;
  conscience: number;
  dutyRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
}

export interface Mode {
  /** false: weights, optimiser, column statistics and duty cycles stand still; activity goes on. */
  learning: boolean;
  /** true: each step's input is the network's own previous prediction. A network that dreams does not learn. */
  freeRun: boolean;
}

/** Counters that time the schedule. */
export interface Clock {
  /** Steps run. */
  step: number;
  /** Steps that learned: `t` of the warm-up and of Adam, `seen` of the column statistics. */
  updates: number;
  /** 1 - beta1^t and 1 - beta2^t, accumulated so that a live change of beta stays smooth. Zero at the start. */
  correction1: number;
  correction2: number;
}

/** Networks compute in float32; the CPU engine also in float64, where a test asks for it. */
export type FloatArray = Float32Array | Float64Array;

/** Everything that one network remembers between steps. Tensors are keyed by name, row-major, `[out, in]`. */
export interface NetworkState<A extends FloatArray = Float32Array> {
  tensors: Map<string, A>;
  clock: Clock;
}

/** What a run of steps reports, step by step; arrays are `count` rows. */
export interface StepRecords<A extends FloatArray = Float32Array> {
  /** Number of the first step in the batch, counted from 0. */
  firstStep: number;
  count: number;
  /** What the network was given, [count, inputs]: the stream's value, with noise while it learns; or its own prediction. */
  input: A;
  /** [count, inputs] */
  target: A;
  /** [count, inputs] */
  prediction: A;
  /** Mean squared error before the update, [count]. */
  loss: A;
  /** How many winners burst, [count]. */
  bursting: Uint32Array;
  /** Column indices by descending score, [count, winners]. */
  winners: Uint32Array;
}

export interface AdapterSummary {
  /** What a person calls it: "NVIDIA H200", "SwiftShader", "CPU". */
  name: string;
  vendor: string;
  architecture: string;
  /** A CPU that pretends to be a GPU. */
  software: boolean;
}

/**
 * One network on one engine. The CPU and the GPU keep this contract with the same numbers, within float32 rounding.
 *
 * Calls take effect in the order they are made; `run` may be called again before an earlier one resolves (two
 * batches in flight keep a GPU busy). After `dispose()` every call rejects with `DisposedError`; after the device
 * is lost, with `DeviceLostError`.
 */
export interface Network<A extends FloatArray = Float32Array> {
  readonly engine: 'gpu' | 'cpu';
  readonly adapter: AdapterSummary;
  readonly config: NetworkConfig;
  /** Resolves once, when the device is lost; never on the CPU. */
  readonly lost: Promise<Error>;

  /** Runs one step for each row of `rows` = [count, 2 * inputs]: the input, then the target. */
  run(rows: Float32Array): Promise<StepRecords<A>>;
  /** For the steps of later `run` calls. */
  setLive(values: Partial<LiveParameters>): void;
  setMode(mode: Partial<Mode>): void;
  /**
   * Reads tensors by the names of `model/tensors.ts`, all of the same step, [out, in] row-major.
   * @throws ConfigError for a name this network does not have.
   */
  read(names: readonly string[]): Promise<Map<string, A>>;
  /** Copies out all that a later `restore` needs to go on bit for bit on the same adapter. */
  state(): Promise<NetworkState<A>>;
  /** @throws FileError when a tensor is missing or has another size; the network is unchanged then. */
  restore(state: NetworkState<A>): Promise<void>;
  dispose(): void;
}
