import { describe, expect, test } from 'vitest';
import { FileError } from '../errors.ts';
import type { Region } from './layout.ts';
import {
  activeCellsViews,
  matrixView,
  rowsView,
  type TensorView,
  unitsView,
  winnersView,
} from './tensor-views.ts';

const region: Region = { store: 'weights', offset: 0, size: 0 };

test('rows of a matrix lie by inputs, in rows and columns of whole fours', () => {
  const view = rowsView('w', region, 3, 2);
  const stored = view.encode!(new Float32Array([1, 2, 3, 4, 5, 6]));
  expect([...stored]).toEqual([1, 3, 5, 0, 2, 4, 6, 0, ...new Array(8).fill(0)]);
  expect([...view.decode(stored)]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a matrix lies in blocks of four inputs, neighbouring outputs four apart', () => {
  const values = Float32Array.from({ length: 6 * 5 }, (_, at) => 10 * Math.floor(at / 5) + (at % 5));
  const view = matrixView('w', region, 6, 5);
  const stored = view.encode!(values);
  // Outputs 0, 4; 1, 5; 2; 3 of the first four inputs.
  expect([...stored.subarray(0, 16)]).toEqual([0, 1, 2, 3, 40, 41, 42, 43, 10, 11, 12, 13, 50, 51, 52, 53]);
  expect([...stored.subarray(16, 32)]).toEqual([20, 21, 22, 23, 0, 0, 0, 0, 30, 31, 32, 33, 0, 0, 0, 0]);
  expect([...stored.subarray(32, 40)]).toEqual([4, 0, 0, 0, 44, 0, 0, 0]);
  expect(stored).toHaveLength(64);
  expect(view.decode(stored)).toEqual(values);
});

test('a vector is padded to whole fours', () => {
  const view = unitsView('b', region, 3);
  expect([...view.encode!(new Float32Array([1, 2, 3]))]).toEqual([1, 2, 3, 0]);
  expect([...view.decode(new Float32Array([1, 2, 3, 0]))]).toEqual([1, 2, 3]);
});

test('winners lie as a list of columns and a list of activations', () => {
  expect([...winnersView('c', region, 5).decode(new Float32Array([1, 4, 0.5, -2]))]).toEqual([
    0, 0.5, 0, 0, -2,
  ]);
});

describe('active cells', () => {
  const shape = { columns: 4, winners: 2, cellsPerColumn: 3, listLength: 8 };
  const [view] = activeCellsViews(['state.active'], region, shape) as [TensorView];

  test('lie as the columns with their places, and lists of their cells', () => {
    const values = new Float32Array([0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 3, 0]);
    const stored = view.encode!(values);
    expect([...stored]).toEqual([-1, 0, -1, 1, 3, 4, 5, 9, 10, 11, 0, 0, 1, 0, 2, 0, 3, 0, 0, 0]);
    expect(view.decode(stored)).toEqual(values);
  });

  test('in fewer columns than win, are filled up with idle ones', () => {
    const values = new Float32Array([0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0]);
    const stored = view.encode!(values);
    expect([...stored.subarray(0, 4)]).toEqual([0, -1, 1, -1]);
    expect(view.decode(stored)).toEqual(values);
  });

  test('and what else is known of them lie by the same cells, whichever of it is zero', () => {
    const tensors = new Map([
      ['active', new Float32Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0])],
      ['gate', new Float32Array([0, 0, 0, 0.25, 0.75, 0, 0, 0, 0, 0, 1, 0])],
      ['factor', new Float32Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0])],
    ]);
    const views = activeCellsViews([...tensors.keys()], region, shape);
    for (const { name, encode, decode } of views) {
      const stored = encode!(tensors.get(name)!, tensors);
      expect([...stored]).toEqual([
        ...[-1, 0, -1, 1],
        ...[3, 4, 5, 9, 10, 11, 0, 0],
        ...[0, 0, 0, 0, 3, 0, 0, 0],
        ...[0.25, 0.75, 0, 0, 1, 0, 0, 0],
        ...[0, 0, 0, 0, 6, 0, 0, 0],
      ]);
      expect(decode(stored)).toEqual(tensors.get(name));
    }
  });

  test('in more columns than win are no state of this network', () => {
    expect(() => view.encode!(new Float32Array(12).fill(1))).toThrow(FileError);
  });
});
