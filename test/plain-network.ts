import { type NetworkConfig, parseNetwork } from '../engine/model/config.ts';

/** Plain descent, for tests to start from: what they mean does not change when a preset does. */
export const plainNetwork: NetworkConfig = parseNetwork({
  inputs: 1,
  encoder: [256, 256],
  columns: 256,
  winners: 5,
  cellsPerColumn: 5,
  decoder: [256],
  homeostasis: 'normalise',
  homeostasisRate: 0.01,
  boostStrength: 0,
  dutyRate: 0.01,
  winnerActivation: 'linear',
  readout: 'predictive',
  unroll: 1,
  errorClip: 0.3,
  optimizer: 'sgd',
  learningRate: 0.02,
  encoderRate: 0.01,
  warmup: 200,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
});
