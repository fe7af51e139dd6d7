import type { NetworkConfig } from '../../engine/model/config.ts';
import type { NetworkState } from '../../engine/network.ts';

/** The network of `model.md`, built in another library. */
export interface Peer {
  /** What it runs on, as the library names it. */
  readonly backend: string;
  /**
   * Runs one learning step for each row of `rows` = [count, 2]: the input, then the target. Nothing is read back between
   * steps; resolves when the last one is done.
   */
  run(rows: Float32Array): Promise<void>;
  /** Mean squared errors of the steps since the last call, in order. */
  takeLosses(): Promise<number[]>;
}

/** @param state seeded weights, `[out, in]` */
export type CreatePeer = (config: NetworkConfig, state: NetworkState) => Promise<Peer>;

/** Added to a column's variance, and the least sum of predictions that is one, as in the engines. */
export const leastVariance = 0.01;
export const leastPrediction = 1e-9;

/** Rates of one step: `updates` counts from 1. Plain descent only, and without decay. */
export function ratesOf(config: NetworkConfig, updates: number): { learning: number; statistics: number } {
  return {
    learning: config.learningRate * Math.min(1, updates / config.warmup),
    statistics: Math.max(config.homeostasisRate, 1 / updates),
  };
}

/** @throws Error for a network that the peers were not written for */
export function checkPeerNetwork(config: NetworkConfig): void {
  const fits =
    config.inputs === 1 &&
    config.encoder.length === 2 &&
    config.decoder.length === 1 &&
    config.homeostasis === 'normalise' &&
    config.conscience === 0 &&
    config.winnerActivation === 'linear' &&
    config.prediction === 'value' &&
    config.unroll === 1 &&
    config.errorClip > 0 &&
    config.optimizer === 'sgd' &&
    config.decay === 0 &&
    config.memoryRate === 1 &&
    config.biasRate === 1 &&
    config.inputNoise === 0;
  if (!fits) throw new Error('The peers do plain descent on a plain network alone.');
}

/** `[out, in]` to `[in, out]`. */
export function transposed(values: Float32Array, outputs: number, inputs: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++) turned[i * outputs + o] = values[o * inputs + i]!;
  return turned;
}
