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
    network: { ...measuredBest, ...network },
    signal: { ...sineSignal, ...signal },
    seed: 1,
  };
  return { name, label, story, settings };
}

/** The first is the default. What a story claims was measured with seeds 1 to 3, at 10,000 steps. */
export const presets: readonly Preset[] = [
  preset(
    'sine',
    'Sine',
    'The wave of the 2019 post: 50 steps to a cycle. Repeats exactly, so 50 inputs are all it ever sees.',
  ),
  preset(
    'sine-incommensurate',
    'Sine, rarely repeating',
    'A cycle of 62.83 steps: no value comes back for 6,283 steps, so it must generalise.',
    { period: 62.83 },
  ),
  preset('sine-fast', 'Sine, fast', 'A cycle of 31.7 steps: bigger jumps from step to step.', {
    period: 31.7,
  }),
  preset(
    'two-sines',
    'Two sines',
    'A slow and a 2.6 times faster sine, added: one value says little about the next.',
    { wave: 'twoSines' },
  ),
  preset(
    'three-tones',
    'Three tones',
    'Sines of 50, 23.7 and 13.1 steps, added: the sum comes back only after 5,000 steps.',
    { wave: 'threeTones' },
  ),
  preset(
    'noisy-sine',
    'Noisy sine',
    'Noise a tenth as strong as the wave: even a perfect predictor would have half of persistence’s error. Its rate falls to a twentieth, because large steps learn noise.',
    { noise: 0.0707 },
    { finalRate: 0.05, decay: 3000 },
  ),
  preset(
    'high-order',
    'High-order symbols',
    'A-B-C-D or X-B-C-Y, by the toss of a coin: only memory tells D from Y. Swap the endings while it runs.',
    { wave: 'highOrder' },
    { inputs: 6 },
  ),
  preset(
    'mackey-glass',
    'Mackey-Glass, chaotic',
    'A series whose change depends on its value 17 steps ago. It never repeats, and is hard to foretell far ahead.',
    { wave: 'mackeyGlass' },
  ),
  preset(
    'plain-descent',
    'Plain gradient descent',
    'Learning as first reconstructed. Its error ends lowest, with 70 columns; but freeze it, and it all comes back: it chased the signal.',
    {},
    plainDescent,
  ),
  preset(
    'active-readout',
    'Reading active cells',
    'The decoder reads the active cells, not the predictive ones: about four times as fast on the CPU, at twice the error.',
    {},
    { readout: 'active' },
  ),
  preset(
    'boosting',
    'Boosting',
    'A bonus for columns that rarely win, instead of normalising: fewer take part, and the error is three times that of Sine.',
    {},
    { homeostasis: 'boost', boostStrength: 10, conscience: 0 },
  ),
  preset(
    'no-homeostasis',
    'No homeostasis',
    'Nothing keeps columns in use: only about 14 of 256 ever win. On a wave as plain as this that is enough.',
    {},
    { homeostasis: 'none', conscience: 0 },
  ),
  preset(
    'dead-columns',
    'Dead columns',
    'Two sines, and nothing that keeps columns in use: 14 of 256 ever win, and the error is twice that of Two sines.',
    { wave: 'twoSines' },
    { homeostasis: 'none', conscience: 0 },
  ),
  preset(
    'divergence',
    'Too large a rate',
    'A learning rate of 5, where 0.7 is best: within 1,000 steps the error grows beyond all reason.',
    {},
    { learningRate: 5 },
  ),
  preset(
    'no-memory',
    'No memory',
    'One cell a column, so no context, and no running means to remember by: the error stays near the no-memory floor.',
    {},
    { homeostasis: 'none', conscience: 0, cellsPerColumn: 1 },
  ),
];

export const defaultPreset = presets[0]!;
