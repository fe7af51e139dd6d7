import { OutOfMemoryError } from '../errors.ts';
import type { FloatArray } from '../network.ts';

/** Makes a zeroed array in the network's precision. @throws OutOfMemoryError */
export type Allocate = (length: number) => FloatArray;

/**
 * A sparse vector. `values` holds every entry; the first `count` of `support` are the indices, ascending, of those that
 * may differ from zero. All others are zero.
 */
export interface Vector {
  values: FloatArray;
  support: Int32Array;
  count: number;
}

/** What flows between two layers: values forward, the gradient of the loss by them backward. */
export interface Signal {
  readonly value: Vector;
  readonly gradient: Vector;
}

export const allocator =
  <A extends FloatArray>(array: new (length: number) => A): ((length: number) => A) =>
  length => {
    try {
      return new array(length);
    } catch (cause) {
      throw new OutOfMemoryError(
        `There is no memory for ${length} numbers. Take fewer columns, cells or units, or close other pages.`,
        { cause },
      );
    }
  };

export const createVector = (length: number, allocate: Allocate): Vector => ({
  values: allocate(length),
  support: new Int32Array(length),
  count: 0,
});

export const createSignal = (length: number, allocate: Allocate): Signal => ({
  value: createVector(length, allocate),
  gradient: createVector(length, allocate),
});

export function clear(vector: Vector): void {
  const { values, support, count } = vector;
  for (let n = 0; n < count; n++) values[support[n]!] = 0;
  vector.count = 0;
}

export function squaredNorm({ values, support, count }: Vector): number {
  let sum = 0;
  for (let n = 0; n < count; n++) sum += values[support[n]!]! ** 2;
  return sum;
}

/** Gives `vector` the values of `dense`, one each, and the support that these have. */
export function assign(vector: Vector, dense: FloatArray): void {
  const { values, support } = vector;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = dense[i]!;
    values[i] = value;
    if (value !== 0) support[count++] = i;
  }
  vector.count = count;
}

/** Exchanges what two vectors hold, without copying. */
export function swap(a: Vector, b: Vector): void {
  const { values, support, count } = a;
  a.values = b.values;
  a.support = b.support;
  a.count = b.count;
  b.values = values;
  b.support = support;
  b.count = count;
}
