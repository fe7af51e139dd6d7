import type { NetworkConfig, Settings, SignalConfig } from './config.ts';

const sineNetwork: NetworkConfig = {
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
};

const sineSignal: SignalConfig = { wave: 'sine', period: 50, amplitude: 1, noise: 0 };

export interface Preset {
  readonly name: string;
  readonly label: string;
  /** What a person will see, in a sentence. */
  readonly story: string;
  readonly settings: Settings;
}

function preset(
  name: string,
  label: string,
  story: string,
  signal: Partial<SignalConfig> = {},
  network: Partial<NetworkConfig> = {},
): Preset {
  const settings = {
    network: { ...sineNetwork, ...network },
    signal: { ...sineSignal, ...signal },
    seed: 1,
  };
  return { name, label, story, settings };
}

/** The first is the default. */
export const presets: readonly Preset[] = [
  preset(
    'sine',
    'Sine',
    'The wave of the 2019 post: 50 steps to a cycle. Repeats exactly, so 50 inputs are all it ever sees.',
  ),
  preset(
    'sine-incommensurate',
    'Sine, never repeating',
    'A cycle of 62.83 steps: no input ever comes back exactly, so it must generalise.',
    {
      period: 62.83,
    },
  ),
  preset('sine-fast', 'Sine, fast', 'A cycle of 31.7 steps: bigger jumps from step to step.', {
    period: 31.7,
  }),
  preset(
    'two-sines',
    'Two sines',
    'A slow and a 2.6 times faster sine, added: one value says little about the next.',
    {
      wave: 'twoSines',
    },
  ),
  preset(
    'noisy-sine',
    'Noisy sine',
    'Noise at a tenth of the wave: a part of each value can never be predicted.',
    {
      noise: 0.0707,
    },
  ),
  preset('square', 'Square wave', 'Flat, then a jump: only counting steps tells when.', { wave: 'square' }),
  preset(
    'active-readout',
    'Reading active cells',
    'The decoder reads the active cells, not the predictive ones: faster, and somewhat less accurate.',
    {},
    { readout: 'active' },
  ),
  preset(
    'boosting',
    'Boosting',
    'Rarely used columns get a bonus when winners are chosen: more columns take part, at a price in error.',
    {},
    { homeostasis: 'boost', boostStrength: 1.5, learningRate: 0.03 },
  ),
  preset(
    'no-homeostasis',
    'No homeostasis',
    'Nothing keeps columns alive: a few win always, and the error stays near that of a network without memory.',
    {},
    { homeostasis: 'none' },
  ),
];

export const defaultPreset = presets[0]!;
