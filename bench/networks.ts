import { type NetworkConfig, parseNetwork } from '../engine/model/config.ts';
import { defaultPreset } from '../engine/model/presets.ts';
import { plainNetwork } from '../test/plain-network.ts';

/** What all are given to learn: the wave of the default preset. */
export const signal = defaultPreset.settings.signal;
export const seed = 1;

export const readouts = ['predictive', 'active'] as const;
export type Readout = (typeof readouts)[number];

/** Steps of descent that learn, for each rule: its rates differ by their nature. */
const rates = { sgd: 0.02, rmsprop: 1e-4, adam: 1e-4 } as const;
export const optimizers = ['sgd', 'rmsprop', 'adam'] as const satisfies (keyof typeof rates)[];
export type Optimizer = (typeof optimizers)[number];

export const plain = (readout: Readout = 'predictive', optimizer: Optimizer = 'sgd'): NetworkConfig =>
  parseNetwork({ ...plainNetwork, readout, optimizer, learningRate: rates[optimizer] });

/** Plain descent in another size, with 2% of the columns as winners. */
export const sized = (columns: number, cellsPerColumn: number, readout: Readout): NetworkConfig =>
  parseNetwork({ ...plain(readout), columns, cellsPerColumn, winners: Math.round(0.02 * columns) });

/** Columns times cells, beside the default 256x5. */
export const largerSizes = [
  [512, 8],
  [1024, 8],
  [2048, 16],
] as const;
