import type { NetworkConfig, Settings, SignalConfig } from './config.ts';

/** One setting for every stream, found by measuring: docs/learning.md says how well it does, and what else was tried. */
const measuredBest: NetworkConfig = {
  inputs: 1,
  encoder: [256, 256],
  columns: 256,
  winners: 5,
  cellsPerColumn: 5,
  decoder: [256],
  homeostasis: 'normalise',
  homeostasisRate: 0.0003,
  boostStrength: 0,
  conscience: 0.128,
  dutyRate: 0.0003,
  winnerActivation: 'linear',
  readout: 'predictive',
  prediction: 'change',
  unroll: 2,
  errorClip: 0,
  optimizer: 'normalised',
  learningRate: 0.7,
  finalRate: 0.6,
  decay: 5000,
  encoderRate: 1e-4,
  memoryRate: 7,
  biasRate: 0.07,
  warmup: 0,
  inputNoise: 0.009,
  finalInputNoise: 0.0007,
  inputNoiseSteps: 9000,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
};

/** What learning was before: descent at one rate, towards the value itself, one step back. */
const plainDescent: Partial<NetworkConfig> = {
  homeostasisRate: 0.01,
  conscience: 0,
  dutyRate: 0.01,
  prediction: 'value',
  unroll: 1,
  errorClip: 0.3,
  optimizer: 'sgd',
  learningRate: 0.02,
  finalRate: 0.8,
  decay: 5000,
  encoderRate: 0.01,
  memoryRate: 1,
  biasRate: 1,
  warmup: 200,
  inputNoise: 0,
  finalInputNoise: 0,
};

const sineSignal: SignalConfig = { wave: 'sine', period: 50, amplitude: 1, noise: 0, endings: 'plain' };

export interface Preset {
  readonly name: string;
  readonly label: string;
  readonly settings: Settings;
}

function preset(
  name: string,
  label: string,
  signal: Partial<SignalConfig> = {},
  network: Partial<NetworkConfig> = {},
): Preset {
  const settings = {
    network: { ...measuredBest, ...network },
    signal: { ...sineSignal, ...signal },
    seed: 1,
  };
  return { name, label, settings };
}

/**
 * Where the signal is partly chance, no error is ever the last: at a rate that stays large the weights wander for as long
 * as it learns, and in a million steps cells end up that nothing can excite any more.
 */
const partlyChance: Partial<NetworkConfig> = { finalRate: 0.05, decay: 3000 };

/** The first is the default. */
export const presets: readonly Preset[] = [
  preset('sine', 'Sine'),
  preset('sine-incommensurate', 'Sine, rarely repeating', { period: 62.83 }),
  preset('sine-fast', 'Sine, fast', { period: 31.7 }),
  preset('two-sines', 'Two sines', { wave: 'twoSines' }),
  preset('three-tones', 'Three tones', { wave: 'threeTones' }),
  preset('noisy-sine', 'Noisy sine', { noise: 0.0707 }, partlyChance),
  preset('high-order', 'High-order symbols', { wave: 'highOrder' }, { inputs: 6, ...partlyChance }),
  preset('mackey-glass', 'Mackey-Glass, chaotic', { wave: 'mackeyGlass' }),
  preset('plain-descent', 'Plain gradient descent', {}, plainDescent),
  preset('active-readout', 'Reading active cells', {}, { readout: 'active' }),
  preset('boosting', 'Boosting', {}, { homeostasis: 'boost', boostStrength: 10, conscience: 0 }),
  preset('no-homeostasis', 'No homeostasis', {}, { homeostasis: 'none', conscience: 0 }),
  preset(
    'dead-columns',
    'Two sines, collapsing',
    { wave: 'twoSines' },
    { homeostasis: 'none', conscience: 0 },
  ),
  preset('divergence', 'Too large a rate', {}, { learningRate: 5 }),
  preset('no-memory', 'No memory', {}, { homeostasis: 'none', conscience: 0, cellsPerColumn: 1 }),
];

export const defaultPreset = presets[0]!;
