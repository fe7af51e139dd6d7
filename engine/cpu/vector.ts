import { OutOfMemoryError } from '../errors.ts';
import type { FloatArray } from '../network.ts';
import type { Workspace } from './workspace.ts';

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

export const createVector = (length: number, workspace: Workspace): Vector => ({
  values: workspace.floats(length),
  support: workspace.indices(length),
  count: 0,
});

export const createSignal = (length: number, workspace: Workspace): Signal => ({
  value: createVector(length, workspace),
  gradient: createVector(length, workspace),
});

export function clear(vector: Vector): void {
  const { values, support, count } = vector;
  // Zeros are written many at a time; where they are few, one at a time.
  if (8 * count > values.length) values.fill(0);
  else for (let n = 0; n < count; n++) values[support[n]!] = 0;
  vector.count = 0;
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

/** Gives `into` what `from` holds, and leaves that as it is. */
export function copy(into: Vector, from: Vector): void {
  into.values.set(from.values);
  into.support.set(from.support);
  into.count = from.count;
}
