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
    options: [
      { value: 'sine', label: 'Sine' },
      { value: 'twoSines', label: 'Two sines' },
      { value: 'threeTones', label: 'Three tones' },
      { value: 'square', label: 'Square' },
      { value: 'triangle', label: 'Triangle' },
      { value: 'mackeyGlass', label: 'Mackey-Glass' },
      { value: 'highOrder', label: 'High-order symbols' },
      { value: 'data', label: 'Your own data (CSV)…' },
    ],
  },
  number('signal', 'signal.period', { label: 'Period', unit: 'steps', least: 4, most: 200, step: 0.1 }),
  number('signal', 'signal.amplitude', { label: 'Amplitude', unit: '', least: 0, most: 2, step: 0.01 }),
  number('signal', 'signal.noise', { label: 'Noise', unit: 'σ', least: 0, most: 0.5, step: 0.001 }),
  number('signal', 'inputs', { label: 'Channels', unit: '', least: 1, most: 8 }),
  {
    kind: 'choice',
    group: 'signal',
    path: 'signal.endings',
    label: 'Endings',
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
  },
  number('encoder', 'encoderRate', {
    label: 'Encoder rate',
    unit: '',
    least: 0,
    most: 1,
    step: 0.001,
    scale: 'log',
  }),
  number('pooler', 'columns', { label: 'Columns', unit: '', least: 16, most: 1024, step: 16 }),
  number('pooler', 'winners', { label: 'Winners', unit: '', least: 1, most: 40 }),
  {
    kind: 'choice',
    group: 'pooler',
    path: 'winnerActivation',
    label: 'Winner activation',
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
  }),
  number('pooler', 'boostStrength', { label: 'Boost strength', unit: '', least: 0, most: 10, step: 0.1 }),
  number('pooler', 'conscience', { label: 'Conscience', unit: '', least: 0, most: 1, step: 0.01 }),
  number('pooler', 'dutyRate', {
    label: 'Duty rate',
    unit: 'per step',
    least: 0.0001,
    most: 0.1,
    step: 0.0001,
    scale: 'log',
  }),
  number('memory', 'cellsPerColumn', { label: 'Cells per column', unit: '', least: 1, most: 16 }),
  number('memory', 'unroll', { label: 'Unroll', unit: 'steps', least: 0, most: 8 }),
  {
    kind: 'choice',
    group: 'decoder',
    path: 'readout',
    label: 'Readout',
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
  },
  {
    kind: 'choice',
    group: 'learning',
    path: 'optimizer',
    label: 'Optimiser',
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
  }),
  number('learning', 'finalRate', {
    label: 'Final rate',
    unit: '',
    least: 0,
    most: 1,
    step: 0.0001,
    scale: 'log',
  }),
  number('learning', 'decay', {
    label: 'Decay',
    unit: 'steps',
    least: 0,
    most: 100000,
    step: 10,
    scale: 'log',
  }),
  number('learning', 'memoryRate', {
    label: 'Memory rate',
    unit: '',
    least: 0.01,
    most: 100,
    step: 0.01,
    scale: 'log',
  }),
  number('learning', 'biasRate', {
    label: 'Bias rate',
    unit: '',
    least: 0,
    most: 1,
    step: 0.001,
    scale: 'log',
  }),
  number('learning', 'warmup', { label: 'Warm-up', unit: 'steps', least: 0, most: 2000, step: 10 }),
  number('learning', 'inputNoise', {
    label: 'Input noise',
    unit: 'σ',
    least: 0,
    most: 0.1,
    step: 0.0001,
    scale: 'log',
  }),
  number('learning', 'finalInputNoise', {
    label: 'Final input noise',
    unit: 'σ',
    least: 0,
    most: 0.1,
    step: 0.0001,
    scale: 'log',
  }),
  number('learning', 'inputNoiseSteps', {
    label: 'Noise falls over',
    unit: 'steps',
    least: 0,
    most: 100000,
    step: 10,
    scale: 'log',
  }),
  number('learning', 'errorClip', { label: 'Error clip', unit: '', least: 0, most: 2, step: 0.01 }),
  number('learning', 'beta1', { label: 'Beta 1', unit: '', least: 0, most: 0.999, step: 0.001 }),
  number('learning', 'beta2', { label: 'Beta 2', unit: '', least: 0.5, most: 0.9999, step: 0.0001 }),
  number('learning', 'epsilon', {
    label: 'Epsilon',
    unit: '',
    least: 1e-10,
    most: 0.01,
    step: 1e-10,
    scale: 'log',
  }),
  number('learning', 'seed', { label: 'Seed', unit: '', least: 0, most: 100 }),
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
