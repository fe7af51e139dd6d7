import * as v from 'valibot';
import { symbols } from '../data/symbols.ts';
import { ConfigError } from '../errors.ts';

const integer = v.pipe(v.number('must be a number'), v.integer('must be a whole number'));
const integerWithin = (least: number, most: number) =>
  v.pipe(
    integer,
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );
const size = (most: number) => integerWithin(1, most);
const within = (least: number, most: number) =>
  v.pipe(
    v.number('must be a number'),
    v.finite('must be finite'),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );
const oneOf = <const T extends readonly (string | number)[]>(options: T) =>
  v.picklist(options, `must be one of ${options.join(', ')}`);
const layers = v.pipe(
  v.array(size(4096), 'must be a list of layer sizes'),
  v.minLength(1, 'must have at least one layer'),
  v.maxLength(4, 'must have at most 4 layers'),
);
const fields = <const E extends v.ObjectEntries>(entries: E) =>
  v.strictObject(entries, ({ expected, received }) => {
    if (expected === 'never') return 'is not a setting; remove it';
    return received === 'undefined' ? 'is missing' : 'must be an object';
  });

/** Cells in all columns: the memory's weights are the square of it, 4 GiB here. */
const mostCells = 32768;

/**
 * The network: every number that decides its shape and its learning, as it stands in golden files, in a
 * weights file's metadata and under `network` in the settings. Fields that may be left out have the value under which
 * the network is as it was before they existed, so that older files stay good.
 */
export const NetworkSchema = v.pipe(
  fields({
    inputs: size(64),
    encoder: layers,
    columns: size(4096),
    winners: size(1024),
    cellsPerColumn: size(64),
    decoder: layers,
    homeostasis: oneOf(['normalise', 'boost', 'none']),
    homeostasisRate: within(1e-6, 1),
    boostStrength: within(0, 100),
    conscience: v.optional(within(0, 100), 0),
    dutyRate: within(1e-6, 1),
    winnerActivation: oneOf(['linear', 'thresholded']),
    readout: oneOf(['predictive', 'active']),
    prediction: v.optional(oneOf(['value', 'change']), 'value'),
    unroll: integerWithin(0, 8),
    errorClip: within(0, 1e6),
    optimizer: oneOf(['sgd', 'momentum', 'rmsprop', 'adam', 'normalised']),
    learningRate: within(0, 10),
    finalRate: v.optional(within(0, 10), 0),
    decay: v.optional(within(0, 1e9), 0),
    encoderRate: within(0, 100),
    memoryRate: v.optional(within(0, 1000), 1),
    biasRate: v.optional(within(0, 1000), 1),
    warmup: integerWithin(0, 1e7),
    inputNoise: v.optional(within(0, 10), 0),
    finalInputNoise: v.optional(within(0, 10), 0),
    inputNoiseSteps: v.optional(within(0, 1e9), 0),
    beta1: within(0, 0.999999),
    beta2: within(0, 0.999999),
    epsilon: within(1e-12, 1),
  }),
  v.forward(
    v.check(
      c => c.winners <= c.columns,
      issue => `must not exceed the number of columns, ${issue.input.columns}`,
    ),
    ['winners'],
  ),
  v.forward(
    v.check(
      c => c.winnerActivation === 'linear' || c.winners < c.columns,
      issue => `must be below the number of columns, ${issue.input.columns}, when they are thresholded`,
    ),
    ['winners'],
  ),
  v.forward(
    v.check(
      c => c.columns * c.cellsPerColumn <= mostCells,
      issue =>
        `would make ${issue.input.columns * issue.input.cellsPerColumn} cells with ${issue.input.cellsPerColumn} ` +
        `a column; at most ${mostCells} fit, for the memory has a weight for every pair of cells`,
    ),
    ['columns'],
  ),
);

export type NetworkConfig = v.InferOutput<typeof NetworkSchema>;

/**
 * What a signal is made of; `inputs` channels of it are the same wave, each a part of a period later. Of symbols, each
 * has a channel of its own.
 */
export const SignalSchema = fields({
  wave: oneOf(['sine', 'twoSines', 'threeTones', 'square', 'triangle', 'mackeyGlass', 'highOrder', 'data']),
  /** Steps per cycle of the (first) tone; Mackey-Glass and symbols have none. */
  period: within(2, 10000),
  /** Peak of the wave, or what the channel of the present symbol holds. */
  amplitude: within(0, 10),
  /** Standard deviation of the Gaussian noise added to every value. */
  noise: within(0, 10),
  /** Which symbols the sequences end in: A-B-C-D and X-B-C-Y, or the last ones swapped. */
  endings: v.optional(oneOf(['plain', 'swapped']), 'plain'),
});

export type SignalConfig = v.InferOutput<typeof SignalSchema>;

export const SettingsSchema = v.pipe(
  fields({
    network: NetworkSchema,
    signal: SignalSchema,
    /** Seeds initial weights and what is random in the signal: the same seed gives the same run. */
    seed: integerWithin(0, 2 ** 32 - 1),
  }),
  v.forward(
    v.check(
      ({ network, signal }) => signal.wave !== 'highOrder' || network.inputs === symbols.length,
      `must be ${symbols.length} for the high-order wave: the symbols need ${symbols.length} channels`,
    ),
    ['network', 'inputs'],
  ),
);

/** Everything a run is determined by. */
export type Settings = v.InferOutput<typeof SettingsSchema>;

/** Returns `value` as the schema's type. @throws ConfigError with the path of the first bad field. */
function parse<S extends v.GenericSchema>(schema: S, value: unknown, root: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = [root, v.getDotPath(issue)].filter(Boolean).join('.');
  throw new ConfigError(path, issue.message);
}

/** @throws ConfigError when a field is missing, unknown, of another type or out of range. */
export const parseNetwork = (value: unknown): NetworkConfig => parse(NetworkSchema, value, '');
export const parseSignal = (value: unknown): SignalConfig => parse(SignalSchema, value, 'signal');
export const parseSettings = (value: unknown): Settings => parse(SettingsSchema, value, '');
