import * as v from 'valibot';
import { ConfigError } from '../errors.ts';
import { isLive, type SettingValue } from './settings.ts';

export type Group = 'signal' | 'encoder' | 'pooler' | 'memory' | 'decoder' | 'learning';

/** How a person meets one setting: its words, its sensible range, and what changing it costs. */
interface Common {
  /** Where it stands in the settings: a network field's own name, `signal.x`, or `seed`. */
  readonly path: string;
  readonly group: Group;
  readonly label: string;
  /** One line: what it does, or what a larger value does. */
  readonly explanation: string;
  /** live: a running network takes it at once. restart: a new run has to begin. */
  readonly effect: 'live' | 'restart';
}

export interface NumberParameter extends Common {
  readonly kind: 'number';
  readonly unit: string;
  /** The slider's ends; the schema allows more. */
  readonly least: number;
  readonly most: number;
  /** Between two stops of a linear slider; the smallest value above 0 of a log slider whose `least` is 0. */
  readonly step: number;
  /** log: equal distances are equal ratios, and the slider may also stand at 0 where `least` is 0. */
  readonly scale: 'linear' | 'log';
}

export interface ChoiceParameter extends Common {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: string | number; readonly label: string }[];
}

/** Sizes of a stack of layers, as in `256, 256`. */
export interface SizesParameter extends Common {
  readonly kind: 'sizes';
  readonly unit: string;
}

export type Parameter = NumberParameter | ChoiceParameter | SizesParameter;

/** Without what follows from the path. */
type Described =
  | Omit<NumberParameter, 'effect'>
  | Omit<ChoiceParameter, 'effect'>
  | Omit<SizesParameter, 'effect'>;

type NumberDetails = Omit<NumberParameter, 'kind' | 'path' | 'group' | 'scale' | 'step' | 'effect'> &
  Partial<Pick<NumberParameter, 'scale' | 'step'>>;

const number = (group: Group, path: string, d: NumberDetails): Described => ({
  kind: 'number',
  group,
  path,
  scale: 'linear',
  step: 1,
  ...d,
});

const described: readonly Described[] = [
  {
    kind: 'choice',
    group: 'signal',
    path: 'signal.wave',
    label: 'Wave',
    explanation:
      'The shape of the signal. The network is given one value, or symbol, a step and predicts the next.',
    options: [
      { value: 'sine', label: 'Sine' },
      { value: 'twoSines', label: 'Two sines' },
      { value: 'threeTones', label: 'Three tones' },
      { value: 'square', label: 'Square' },
      { value: 'triangle', label: 'Triangle' },
      { value: 'mackeyGlass', label: 'Mackey-Glass' },
      { value: 'highOrder', label: 'High-order symbols' },
    ],
  },
  number('signal', 'signal.period', {
    label: 'Period',
    unit: 'steps',
    least: 4,
    most: 200,
    step: 0.1,
    explanation:
      'Steps in one cycle. In a shorter cycle each step moves further, so there is more to predict.',
  }),
  number('signal', 'signal.amplitude', {
    label: 'Amplitude',
    unit: '',
    least: 0,
    most: 2,
    step: 0.01,
    explanation: 'Height of the peaks. The encoder’s starting weights suit values between -1 and 1.',
  }),
  number('signal', 'signal.noise', {
    label: 'Noise',
    unit: 'σ',
    least: 0,
    most: 0.5,
    step: 0.001,
    explanation: 'Standard deviation of random noise added to each value. Nothing can predict that part.',
  }),
  number('signal', 'inputs', {
    label: 'Channels',
    unit: '',
    least: 1,
    most: 8,
    explanation:
      'Copies of the wave seen at once, spread over half a cycle: two tell rising from falling. Symbols have one each.',
  }),
  {
    kind: 'choice',
    group: 'signal',
    path: 'signal.endings',
    label: 'Endings',
    explanation:
      'Swapped: what followed A now follows X, and the other way round. Used by high-order symbols.',
    options: [
      { value: 'plain', label: 'A-B-C-D, X-B-C-Y' },
      { value: 'swapped', label: 'A-B-C-Y, X-B-C-D' },
    ],
  },
  {
    kind: 'sizes',
    group: 'encoder',
    path: 'encoder',
    label: 'Encoder layers',
    unit: 'units',
    explanation:
      'Units in each fully connected ReLU layer. They turn the value into a pattern that columns compete over.',
  },
  number('encoder', 'encoderRate', {
    label: 'Encoder rate',
    unit: '',
    least: 0,
    most: 1,
    step: 0.001,
    scale: 'log',
    explanation:
      'Encoder and pooler learn at this share of the learning rate: columns should hold still while the memory learns them.',
  }),
  number('pooler', 'columns', {
    label: 'Columns',
    unit: '',
    least: 16,
    most: 1024,
    step: 16,
    explanation:
      'Columns that compete to stand for the input. More of them tell more inputs apart, and cost time.',
  }),
  number('pooler', 'winners', {
    label: 'Winners',
    unit: '',
    least: 1,
    most: 40,
    explanation: 'Columns that win each step and become active; all others stay silent. 5 of 256 is 2%.',
  }),
  {
    kind: 'choice',
    group: 'pooler',
    path: 'winnerActivation',
    label: 'Winner activation',
    explanation: 'Linear: a winner passes its full score on. Thresholded: only its lead over the best loser.',
    options: [
      { value: 'linear', label: 'Linear' },
      { value: 'thresholded', label: 'Thresholded' },
    ],
  },
  {
    kind: 'choice',
    group: 'pooler',
    path: 'homeostasis',
    label: 'Homeostasis',
    explanation:
      'What keeps columns in use: normalising their overlaps, boosting those that rarely win, or nothing.',
    options: [
      { value: 'normalise', label: 'Normalise' },
      { value: 'boost', label: 'Boost' },
      { value: 'none', label: 'None' },
    ],
  },
  number('pooler', 'homeostasisRate', {
    label: 'Normalise rate',
    unit: 'per step',
    least: 0.0001,
    most: 0.1,
    step: 0.0001,
    scale: 'log',
    explanation: 'How fast the running mean and variance of a column’s overlap follow it. Used by normalise.',
  }),
  number('pooler', 'boostStrength', {
    label: 'Boost strength',
    unit: '',
    least: 0,
    most: 10,
    step: 0.1,
    explanation: 'How much a column that rarely wins is favoured when winners are chosen. Used by boost.',
  }),
  number('pooler', 'conscience', {
    label: 'Conscience',
    unit: '',
    least: 0,
    most: 1,
    step: 0.01,
    explanation:
      'A lift for columns that win less than their share, as winners are chosen; what they pass on stays the same.',
  }),
  number('pooler', 'dutyRate', {
    label: 'Duty rate',
    unit: 'per step',
    least: 0.0001,
    most: 0.1,
    step: 0.0001,
    scale: 'log',
    explanation:
      'How fast a column’s duty cycle, its share of recent wins, forgets. Boost and conscience act on it.',
  }),
  number('memory', 'cellsPerColumn', {
    label: 'Cells per column',
    unit: '',
    least: 1,
    most: 16,
    explanation:
      'A column’s cells stand for the same input in different contexts. With one cell there is no context.',
  }),
  number('memory', 'unroll', {
    label: 'Unroll',
    unit: 'steps',
    least: 0,
    most: 8,
    explanation:
      'How many steps back in time the error goes, through the gates to the cells that made the predictions.',
  }),
  {
    kind: 'choice',
    group: 'decoder',
    path: 'readout',
    label: 'Readout',
    explanation: 'Which cells the decoder sees: those predicted to fire next, or those that fire now.',
    options: [
      { value: 'predictive', label: 'Predictive cells' },
      { value: 'active', label: 'Active cells' },
    ],
  },
  {
    kind: 'choice',
    group: 'decoder',
    path: 'prediction',
    label: 'Predicts',
    explanation:
      'The next value itself, or the change to it: then “no change” is where it starts from, and the cells need not copy.',
    options: [
      { value: 'value', label: 'The next value' },
      { value: 'change', label: 'The change' },
    ],
  },
  {
    kind: 'sizes',
    group: 'decoder',
    path: 'decoder',
    label: 'Decoder layers',
    unit: 'units',
    explanation: 'Units in each fully connected ReLU layer between the cells and the predicted value.',
  },
  {
    kind: 'choice',
    group: 'learning',
    path: 'optimizer',
    label: 'Optimiser',
    explanation:
      'How gradients change the weights. Normalised: SGD with steps sized so that a rate of 1 would cancel the error.',
    options: [
      { value: 'sgd', label: 'SGD' },
      { value: 'normalised', label: 'Normalised' },
      { value: 'momentum', label: 'Momentum' },
      { value: 'rmsprop', label: 'RMSProp' },
      { value: 'adam', label: 'Adam' },
    ],
  },
  number('learning', 'learningRate', {
    label: 'Learning rate',
    unit: '',
    least: 0.0001,
    most: 1,
    step: 0.0001,
    scale: 'log',
    explanation: 'The size of each update. Too small learns slowly; too large never settles, or diverges.',
  }),
  number('learning', 'finalRate', {
    label: 'Final rate',
    unit: '',
    least: 0,
    most: 1,
    step: 0.0001,
    scale: 'log',
    explanation:
      'The share of the learning rate that is left in the end. Smaller ends more exact, and adapts to change more slowly.',
  }),
  number('learning', 'decay', {
    label: 'Decay',
    unit: 'steps',
    least: 0,
    most: 100000,
    step: 10,
    scale: 'log',
    explanation:
      'Steps in which the learning rate goes half of the way to its final share. 0 keeps it as it is.',
  }),
  number('learning', 'memoryRate', {
    label: 'Memory rate',
    unit: '',
    least: 0.01,
    most: 100,
    step: 0.01,
    scale: 'log',
    explanation: 'The temporal memory learns at this multiple of the learning rate.',
  }),
  number('learning', 'biasRate', {
    label: 'Bias rate',
    unit: '',
    least: 0,
    most: 1,
    step: 0.001,
    scale: 'log',
    explanation:
      'Biases of memory and decoder learn at this share of the rate: a small one keeps them from following the signal.',
  }),
  number('learning', 'warmup', {
    label: 'Warm-up',
    unit: 'steps',
    least: 0,
    most: 2000,
    step: 10,
    explanation:
      'The learning rate rises from zero over this many steps, while the columns’ statistics settle.',
  }),
  number('learning', 'inputNoise', {
    label: 'Input noise',
    unit: 'σ',
    least: 0,
    most: 0.1,
    step: 0.0001,
    scale: 'log',
    explanation:
      'Noise on what it is given while it learns, not on what it should say: it learns to correct itself, as dreams need.',
  }),
  number('learning', 'finalInputNoise', {
    label: 'Final input noise',
    unit: 'σ',
    least: 0,
    most: 0.1,
    step: 0.0001,
    scale: 'log',
    explanation: 'What the input noise falls to. It limits how exact a prediction can become.',
  }),
  number('learning', 'inputNoiseSteps', {
    label: 'Noise falls over',
    unit: 'steps',
    least: 0,
    most: 100000,
    step: 10,
    scale: 'log',
    explanation: 'Steps in which the input noise goes from its first to its final level, in a straight line.',
  }),
  number('learning', 'errorClip', {
    label: 'Error clip',
    unit: '',
    least: 0,
    most: 2,
    step: 0.01,
    explanation:
      'Limits the error that is sent back, so that one surprise does not undo much. 0 means no limit.',
  }),
  number('learning', 'beta1', {
    label: 'Beta 1',
    unit: '',
    least: 0,
    most: 0.999,
    step: 0.001,
    explanation:
      'How long past gradients keep pushing: 0.9 reaches back about 10 steps. Used by momentum and Adam.',
  }),
  number('learning', 'beta2', {
    label: 'Beta 2',
    unit: '',
    least: 0.5,
    most: 0.9999,
    step: 0.0001,
    explanation:
      'How long the size of gradients is remembered: 0.999 is about 1,000 steps. Used by RMSProp and Adam.',
  }),
  number('learning', 'epsilon', {
    label: 'Epsilon',
    unit: '',
    least: 1e-10,
    most: 0.01,
    step: 1e-10,
    scale: 'log',
    explanation:
      'Larger values restrain steps where gradients are tiny. Used by RMSProp, Adam and normalised.',
  }),
  number('learning', 'seed', {
    label: 'Seed',
    unit: '',
    least: 0,
    most: 100,
    explanation: 'Where the random numbers start. The same seed and settings give the same run.',
  }),
];

/** Every setting of a run, in the order a person reads them. */
export const parameters: readonly Parameter[] = described.map(parameter => ({
  ...parameter,
  effect: isLive(parameter.path) ? 'live' : 'restart',
}));

export const parameterAt = (path: string): Parameter | undefined => parameters.find(p => p.path === path);

const numeric = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.toNumber(), v.finite());

/** Reads a value that a person typed, such as `0.01`, `adam` or `128,64`. @throws ConfigError */
export function parseSettingText(path: string, text: string): SettingValue {
  const parameter = parameterAt(path);
  if (!parameter) throw new ConfigError(path, 'there is no setting of this name');
  if (parameter.kind === 'number') {
    const result = v.safeParse(numeric, text);
    if (!result.success) throw new ConfigError(path, `"${text.trim()}" is not a number; write it like 0.05`);
    return result.output;
  }
  if (parameter.kind === 'sizes') {
    if (!/^\s*\d+\s*(,\s*\d+\s*)*$/.test(text))
      throw new ConfigError(path, `"${text}" is no list of sizes; write it like 256, 128`);
    return text.split(',').map(Number);
  }
  const option = parameter.options.find(o => String(o.value) === text.trim());
  if (!option)
    throw new ConfigError(path, `"${text}" is none of ${parameter.options.map(o => o.value).join(', ')}`);
  return option.value;
}
