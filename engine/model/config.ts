import * as v from 'valibot';
import { ConfigError } from '../errors.ts';

const size = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const within = (least: number, most: number) =>
  v.pipe(v.number(), v.finite(), v.minValue(least), v.maxValue(most));

/**
 * The network: every number that decides its shape and its learning, as it stands in golden files, in a
 * weights file's metadata and under `network` in the settings.
 */
export const NetworkSchema = v.pipe(
  v.strictObject({
    inputs: size(64),
    encoder: v.pipe(v.array(size(4096)), v.minLength(1), v.maxLength(4)),
    columns: size(4096),
    winners: size(1024),
    cellsPerColumn: size(64),
    decoder: v.pipe(v.array(size(4096)), v.minLength(1), v.maxLength(4)),
    homeostasis: v.picklist(['normalise', 'boost', 'none']),
    homeostasisRate: within(1e-6, 1),
    boostStrength: within(0, 100),
    dutyRate: within(1e-6, 1),
    winnerActivation: v.picklist(['linear', 'thresholded']),
    readout: v.picklist(['predictive', 'active']),
    unroll: v.picklist([0, 1]),
    errorClip: within(0, 1e6),
    optimizer: v.picklist(['sgd', 'momentum', 'rmsprop', 'adam']),
    learningRate: within(0, 10),
    encoderRate: within(0, 100),
    warmup: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e7)),
    beta1: within(0, 0.999999),
    beta2: within(0, 0.999999),
    epsilon: within(1e-12, 1),
  }),
  v.forward(
    v.check(c => c.winners <= c.columns, 'must not exceed the number of columns'),
    ['winners'],
  ),
  v.forward(
    v.check(
      c => c.winnerActivation === 'linear' || c.winners < c.columns,
      'thresholded winners need one column more than winners, for the edge',
    ),
    ['winners'],
  ),
);

export type NetworkConfig = v.InferOutput<typeof NetworkSchema>;

/** What a signal is made of; `inputs` channels of it are the same wave, each a part of a period later. */
export const SignalSchema = v.strictObject({
  wave: v.picklist(['sine', 'twoSines', 'threeTones', 'square', 'triangle']),
  /** Steps per cycle of the (first) tone. */
  period: within(2, 10000),
  /** Peak of the wave. */
  amplitude: within(0, 10),
  /** Standard deviation of the Gaussian noise added to every value. */
  noise: within(0, 10),
});

export type SignalConfig = v.InferOutput<typeof SignalSchema>;

export const SettingsSchema = v.strictObject({
  network: NetworkSchema,
  signal: SignalSchema,
  /** Seeds initial weights and noise: the same seed gives the same run. */
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
});

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
