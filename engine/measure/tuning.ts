import type { NetworkConfig } from '../model/config.ts';

export interface TuningCurve {
  /** The column's score for each input, before boosting: `o` in the model. */
  readonly score: Float32Array;
  /** 1 where the column would be among the winners, boost included. */
  readonly wins: Uint8Array;
}

/**
 * What a column would score, and whether it would win, for each of `inputs`: a forward pass through encoder and
 * pooler with the column statistics and duty cycles as they stand, for networks of one input.
 * @param tensors the learned tensors of encoder and pooler and `pooler.{mean,variance,duty}`
 */
export function tuningCurve(
  tensors: ReadonlyMap<string, Float32Array>,
  config: NetworkConfig,
  column: number,
  inputs: Float32Array,
): TuningCurve {
  if (config.inputs !== 1) throw new RangeError(`a tuning curve needs one input, not ${config.inputs}`);
  const count = inputs.length;
  let width = 1;
  // Padded to whole blocks; the padding is computed and dropped.
  let values = new Float32Array(Math.ceil(count / block) * block);
  values.set(inputs);
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

  const bonus = boosts(config, tensors.get('pooler.duty')!);
  const score = new Float32Array(count);
  const wins = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    score[n] = scores[place(column, n, columns)]!;
    const own = Math.fround(score[n]! * bonus[column]!);
    let better = 0;
    for (let j = 0; j < columns; j++) {
      const other = Math.fround(scores[place(j, n, columns)]! * bonus[j]!);
      if (other > own || (other === own && j < column)) better++;
    }
    wins[n] = better < config.winners ? 1 : 0;
  }
  return { score, wins };
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

/** What each column's score is multiplied by when winners are chosen. */
function boosts(
  { homeostasis, boostStrength, winners, columns }: NetworkConfig,
  duty: Float32Array,
): Float64Array {
  const bonus = new Float64Array(columns).fill(1);
  if (homeostasis === 'boost')
    for (let j = 0; j < columns; j++) bonus[j] = Math.exp(boostStrength * (winners / columns - duty[j]!));
  return bonus;
}
