import { createCpuNetwork } from '../engine/cpu/network.ts';
import type { NetworkConfig } from '../engine/model/config.ts';
import { initialState } from '../engine/model/initialise.ts';
import { learnedTensors, optimizerTensors } from '../engine/model/tensors.ts';
import type { Network } from '../engine/network.ts';
import { plainNetwork } from './plain-network.ts';

/** Small, of two channels and two decoders. */
export const config: NetworkConfig = {
  ...plainNetwork,
  inputs: 2,
  encoder: [9],
  columns: 12,
  winners: 3,
  cellsPerColumn: 2,
  decoder: [7, 5],
  warmup: 10,
};

export const create = (changes: Partial<NetworkConfig> = {}): Network => {
  const changed = { ...config, ...changes };
  return createCpuNetwork(changed, initialState(changed, 3));
};

/** A stream of two channels, from one step on. */
export const rows = (start: number, count: number): Float32Array =>
  Float32Array.from({ length: 4 * count }, (_, i) => {
    const step = start + Math.floor(i / 4) + (i % 4 > 1 ? 1 : 0);
    return i % 2 ? Math.cos(step / 4) : Math.sin(step / 4);
  });

/** All that learning moves. */
export const learnedNames = (c: NetworkConfig = config) => [
  ...learnedTensors(c).map(t => t.name),
  ...optimizerTensors(c).map(t => t.name),
  'pooler.mean',
  'pooler.variance',
  'pooler.duty',
];
