import type { FloatArray } from '../network.ts';
import type { Vector } from './vector.ts';

/*
 * The inner loops. A matrix is stored [in][out], `width` = out: a row is what one input sends, so an input that is zero
 * costs nothing, forward or backward. Rows go four or eight at a time, to share the loads of what they have in common.
 */

/** sum[o] += x_i * weights[i][o], for all i where x is not zero. */
export function addProduct(sum: Float64Array, weights: FloatArray, width: number, x: Vector): void {
  const { values, support, count } = x;
  const blocked = count - (count % 8);
  for (let n = 0; n < blocked; n += 8) {
    const i0 = support[n]!;
    const i1 = support[n + 1]!;
    const i2 = support[n + 2]!;
    const i3 = support[n + 3]!;
    const i4 = support[n + 4]!;
    const i5 = support[n + 5]!;
    const i6 = support[n + 6]!;
    const i7 = support[n + 7]!;
    const x0 = values[i0]!;
    const x1 = values[i1]!;
    const x2 = values[i2]!;
    const x3 = values[i3]!;
    const x4 = values[i4]!;
    const x5 = values[i5]!;
    const x6 = values[i6]!;
    const x7 = values[i7]!;
    const row0 = i0 * width;
    const row1 = i1 * width;
    const row2 = i2 * width;
    const row3 = i3 * width;
    const row4 = i4 * width;
    const row5 = i5 * width;
    const row6 = i6 * width;
    const row7 = i7 * width;
    let o = 0;
    for (; o + 1 < width; o += 2) {
      const p = o + 1;
      sum[o] =
        sum[o]! +
        (x0 * weights[row0 + o]! +
          x1 * weights[row1 + o]! +
          x2 * weights[row2 + o]! +
          x3 * weights[row3 + o]!) +
        (x4 * weights[row4 + o]! +
          x5 * weights[row5 + o]! +
          x6 * weights[row6 + o]! +
          x7 * weights[row7 + o]!);
      sum[p] =
        sum[p]! +
        (x0 * weights[row0 + p]! +
          x1 * weights[row1 + p]! +
          x2 * weights[row2 + p]! +
          x3 * weights[row3 + p]!) +
        (x4 * weights[row4 + p]! +
          x5 * weights[row5 + p]! +
          x6 * weights[row6 + p]! +
          x7 * weights[row7 + p]!);
    }
    if (o < width)
      sum[o] =
        sum[o]! +
        (x0 * weights[row0 + o]! +
          x1 * weights[row1 + o]! +
          x2 * weights[row2 + o]! +
          x3 * weights[row3 + o]!) +
        (x4 * weights[row4 + o]! +
          x5 * weights[row5 + o]! +
          x6 * weights[row6 + o]! +
          x7 * weights[row7 + o]!);
  }
  for (let n = blocked; n < count; n++) {
    const i = support[n]!;
    const xi = values[i]!;
    const row = i * width;
    for (let o = 0; o < width; o++) sum[o] = sum[o]! + xi * weights[row + o]!;
  }
}

/** gradient_i += sum over o of weights[i][o] * delta_o, for all i where x is not zero; `gradient` gets x's support. */
export function addTransposedProduct(
  gradient: Vector,
  weights: FloatArray,
  width: number,
  x: Vector,
  delta: Vector,
): void {
  const { support, count } = x;
  const sums = gradient.values;
  const deltas = delta.values;
  const outputs = delta.support;
  const outputCount = delta.count;
  const blocked = count - (count % 4);
  for (let n = 0; n < blocked; n += 4) {
    const i0 = support[n]!;
    const i1 = support[n + 1]!;
    const i2 = support[n + 2]!;
    const i3 = support[n + 3]!;
    const row0 = i0 * width;
    const row1 = i1 * width;
    const row2 = i2 * width;
    const row3 = i3 * width;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let m = 0; m < outputCount; m++) {
      const o = outputs[m]!;
      const d = deltas[o]!;
      sum0 += d * weights[row0 + o]!;
      sum1 += d * weights[row1 + o]!;
      sum2 += d * weights[row2 + o]!;
      sum3 += d * weights[row3 + o]!;
    }
    sums[i0] = sums[i0]! + sum0;
    sums[i1] = sums[i1]! + sum1;
    sums[i2] = sums[i2]! + sum2;
    sums[i3] = sums[i3]! + sum3;
  }
  for (let n = blocked; n < count; n++) {
    const i = support[n]!;
    const row = i * width;
    let sum = 0;
    for (let m = 0; m < outputCount; m++) {
      const o = outputs[m]!;
      sum += deltas[o]! * weights[row + o]!;
    }
    sums[i] = sums[i]! + sum;
  }
  const gradientSupport = gradient.support;
  for (let n = 0; n < count; n++) gradientSupport[n] = support[n]!;
  gradient.count = count;
}

/**
 * `addTransposedProduct` and then `subtractOuterProduct` in one sweep over the weights, which is 1.6 times as fast as two.
 */
export function addTransposedProductAndSubtract(
  gradient: Vector,
  weights: FloatArray,
  width: number,
  x: Vector,
  delta: Vector,
  rate: number,
): void {
  const { values, support, count } = x;
  const sums = gradient.values;
  const deltas = delta.values;
  const outputs = delta.support;
  const outputCount = delta.count;
  const blocked = count - (count % 4);
  for (let n = 0; n < blocked; n += 4) {
    const i0 = support[n]!;
    const i1 = support[n + 1]!;
    const i2 = support[n + 2]!;
    const i3 = support[n + 3]!;
    const x0 = rate * values[i0]!;
    const x1 = rate * values[i1]!;
    const x2 = rate * values[i2]!;
    const x3 = rate * values[i3]!;
    const row0 = i0 * width;
    const row1 = i1 * width;
    const row2 = i2 * width;
    const row3 = i3 * width;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let m = 0; m < outputCount; m++) {
      const o = outputs[m]!;
      const d = deltas[o]!;
      const w0 = weights[row0 + o]!;
      const w1 = weights[row1 + o]!;
      const w2 = weights[row2 + o]!;
      const w3 = weights[row3 + o]!;
      sum0 += d * w0;
      sum1 += d * w1;
      sum2 += d * w2;
      sum3 += d * w3;
      weights[row0 + o] = w0 - x0 * d;
      weights[row1 + o] = w1 - x1 * d;
      weights[row2 + o] = w2 - x2 * d;
      weights[row3 + o] = w3 - x3 * d;
    }
    sums[i0] = sums[i0]! + sum0;
    sums[i1] = sums[i1]! + sum1;
    sums[i2] = sums[i2]! + sum2;
    sums[i3] = sums[i3]! + sum3;
  }
  for (let n = blocked; n < count; n++) {
    const i = support[n]!;
    const xi = rate * values[i]!;
    const row = i * width;
    let sum = 0;
    for (let m = 0; m < outputCount; m++) {
      const o = outputs[m]!;
      const d = deltas[o]!;
      const w = weights[row + o]!;
      sum += d * w;
      weights[row + o] = w - xi * d;
    }
    sums[i] = sums[i]! + sum;
  }
  const gradientSupport = gradient.support;
  for (let n = 0; n < count; n++) gradientSupport[n] = support[n]!;
  gradient.count = count;
}

/** weights[i][o] -= rate * x_i * delta_o, where neither is zero. */
export function subtractOuterProduct(
  weights: FloatArray,
  width: number,
  x: Vector,
  delta: Vector,
  rate: number,
): void {
  const { values, support, count } = x;
  const deltas = delta.values;
  const outputs = delta.support;
  const outputCount = delta.count;
  const blocked = count - (count % 4);
  for (let n = 0; n < blocked; n += 4) {
    const i0 = support[n]!;
    const i1 = support[n + 1]!;
    const i2 = support[n + 2]!;
    const i3 = support[n + 3]!;
    const x0 = rate * values[i0]!;
    const x1 = rate * values[i1]!;
    const x2 = rate * values[i2]!;
    const x3 = rate * values[i3]!;
    const row0 = i0 * width;
    const row1 = i1 * width;
    const row2 = i2 * width;
    const row3 = i3 * width;
    for (let m = 0; m < outputCount; m++) {
      const o = outputs[m]!;
      const d = deltas[o]!;
      weights[row0 + o] = weights[row0 + o]! - x0 * d;
      weights[row1 + o] = weights[row1 + o]! - x1 * d;
      weights[row2 + o] = weights[row2 + o]! - x2 * d;
      weights[row3 + o] = weights[row3 + o]! - x3 * d;
    }
  }
  for (let n = blocked; n < count; n++) {
    const i = support[n]!;
    const xi = rate * values[i]!;
    const row = i * width;
    for (let m = 0; m < outputCount; m++) {
      const o = outputs[m]!;
      weights[row + o] = weights[row + o]! - xi * deltas[o]!;
    }
  }
}

/** Writes the transpose of `from` = [rows][columns]; in tiles, so that both sides stay in the cache. */
export function transpose(into: FloatArray, from: FloatArray, rows: number, columns: number): void {
  const tile = 32;
  for (let top = 0; top < rows; top += tile)
    for (let left = 0; left < columns; left += tile) {
      const bottom = Math.min(top + tile, rows);
      const right = Math.min(left + tile, columns);
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++)
          into[column * rows + row] = from[row * columns + column]!;
    }
}
