import { rankLargest } from '../cpu/winners.ts';
import type { NetworkConfig } from '../model/config.ts';

export interface TuningCurve {
  /** The column's score for each input, before boosting: `o` in the model. */
  readonly score: Float32Array;
  /** 1 where the column would be among the winners, boost included. */
  readonly wins: Uint8Array;
}

export interface TuningMap {
  /** Every column's score for each input, [columns, inputs]. */
  readonly score: Float32Array;
  /** 1 where a column would be among the winners, [columns, inputs]. */
  readonly wins: Uint8Array;
}

type Tensors = ReadonlyMap<string, Float32Array>;

/**
 * What a column would score, and whether it would win, for each of `inputs`: a forward pass through encoder and
 * pooler with the column statistics and duty cycles as they stand.
 * @param inputs [count, inputs]
 * @throws RangeError for inputs that are no whole rows
 * @param tensors the learned tensors of encoder and pooler and `pooler.{mean,variance,duty}`
 */
export function tuningCurve(
  tensors: Tensors,
  config: NetworkConfig,
  column: number,
  inputs: Float32Array,
): TuningCurve {
  const { columns } = config;
  const scores = scoresOf(tensors, config, inputs);
  const preference = preferences(config, tensors.get('pooler.duty')!);
  const count = inputs.length / config.inputs;
  const score = new Float32Array(count);
  const wins = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    score[n] = scores[place(column, n, columns)]!;
    const own = preference(column, score[n]!);
    let better = 0;
    for (let j = 0; j < columns; j++) {
      const other = preference(j, scores[place(j, n, columns)]!);
      if (other > own || (other === own && j < column)) better++;
    }
    wins[n] = better < config.winners ? 1 : 0;
  }
  return { score, wins };
}

/** The tuning curves of all columns, in one pass; of `inputs` and `tensors` as `tuningCurve`. */
export function tuningMap(tensors: Tensors, config: NetworkConfig, inputs: Float32Array): TuningMap {
  const { columns, winners } = config;
  const count = inputs.length / config.inputs;
  const scores = scoresOf(tensors, config, inputs);
  const preference = preferences(config, tensors.get('pooler.duty')!);
  const score = new Float32Array(columns * count);
  const wins = new Uint8Array(columns * count);
  const preferred = new Float32Array(columns);
  const ranked = new Int32Array(winners);
  for (let n = 0; n < count; n++) {
    for (let j = 0; j < columns; j++) {
      const value = scores[place(j, n, columns)]!;
      score[j * count + n] = value;
      preferred[j] = preference(j, value);
    }
    rankLargest(preferred, ranked);
    for (const j of ranked) wins[j * count + n] = 1;
  }
  return { score, wins };
}

/** Every column's score for each of `inputs`, in blocks as `place` has them. */
function scoresOf(tensors: Tensors, config: NetworkConfig, inputs: Float32Array): Float32Array {
  let width = config.inputs;
  const count = inputs.length / width;
  if (!Number.isInteger(count))
    throw new RangeError(`${inputs.length} numbers are no rows of ${width} inputs`);
  // Padded to whole blocks; the padding is computed and dropped.
  let values = new Float32Array(Math.ceil(count / block) * block * width);
  for (let n = 0; n < count; n++)
    for (let i = 0; i < width; i++) values[place(i, n, width)] = inputs[n * width + i]!;
  for (const [i, units] of config.encoder.entries()) {
    values = layer(
      values,
      width,
      units,
      tensors.get(`encoder.${i}.weight`)!,
      tensors.get(`encoder.${i}.bias`)!,
    );
    for (let n = 0; n < values.length; n++) if (values[n]! < 0) values[n] = 0;
    width = units;
  }
  const { columns } = config;
  const scores = layer(values, width, columns, tensors.get('pooler.weight')!, tensors.get('pooler.bias')!);
  if (config.homeostasis === 'normalise') normalise(scores, columns, tensors);
  return scores;
}

/** Inputs are taken in blocks of four, unit by unit within a block: each weight is loaded once for the four. */
const block = 4;
const place = (unit: number, input: number, width: number): number =>
  (input - (input % block)) * width + unit * block + (input % block);

/** weight * values + bias, for values of `width` units in blocks. */
function layer(
  values: Float32Array,
  width: number,
  units: number,
  weight: Float32Array,
  bias: Float32Array,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array((values.length / width) * units);
  const blocks = values.length / (width * block);
  const active = new Uint16Array(width);
  const compact = new Float32Array(width * block);
  for (let b = 0; b < blocks; b++) {
    // Neighbouring inputs silence much the same units: those that are silent for all four are skipped.
    let heard = 0;
    for (let w = 0; w < width; w++) {
      const at = (b * width + w) * block;
      if (!values[at] && !values[at + 1] && !values[at + 2] && !values[at + 3]) continue;
      compact.set(values.subarray(at, at + block), heard * block);
      active[heard++] = w;
    }
    let to = b * units * block;
    for (let unit = 0; unit < units; unit++) {
      const row = unit * width;
      let s0 = bias[unit]!;
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      for (let a = 0; a < heard; a++) {
        const weighed = weight[row + active[a]!]!;
        const at = a * block;
        s0 += weighed * compact[at]!;
        s1 += weighed * compact[at + 1]!;
        s2 += weighed * compact[at + 2]!;
        s3 += weighed * compact[at + 3]!;
      }
      result[to] = s0;
      result[to + 1] = s1;
      result[to + 2] = s2;
      result[to + 3] = s3;
      to += block;
    }
  }
  return result;
}

/** (r - m) / sqrt(v + 0.01): model's step 3, with the statistics as they stand. */
function normalise(scores: Float32Array, columns: number, tensors: ReadonlyMap<string, Float32Array>): void {
  const mean = tensors.get('pooler.mean')!;
  const variance = tensors.get('pooler.variance')!;
  for (let n = 0; n < scores.length; n++) {
    const j = Math.floor(n / block) % columns;
    scores[n] = (scores[n]! - mean[j]!) / Math.sqrt(variance[j]! + 0.01);
  }
}

/** What winners are chosen by, of a column and its score: columns that won less than their share are favoured. */
function preferences(
  { homeostasis, boostStrength, conscience, winners, columns }: NetworkConfig,
  duty: Float32Array,
): (column: number, score: number) => number {
  const share = winners / columns;
  const strength = homeostasis === 'boost' ? boostStrength : 0;
  const factor = Float64Array.from(duty, value => Math.exp(strength * (share - value)));
  const summand = Float64Array.from(duty, value => conscience * Math.max(0, 1 - value / share));
  return (column, score) => Math.fround(score * factor[column]! + summand[column]!);
}
