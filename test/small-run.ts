import type { Settings } from '../engine/model/config.ts';
import { plainNetwork } from './plain-network.ts';

/** A run that is quick to train, and holds all that a file has to: noise, and an optimiser with two slots. */
export const smallRun: Settings = {
  network: {
    ...plainNetwork,
    encoder: [16, 16],
    columns: 32,
    decoder: [16],
    optimizer: 'adam',
  },
  signal: { wave: 'twoSines', period: 23.7, amplitude: 0.9, noise: 0.05, endings: 'plain' },
  seed: 5,
};
