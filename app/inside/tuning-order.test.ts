import { expect, test } from 'vitest';
import { preferredInput, tuningOrder } from './tuning-order.ts';

const sheet = {
  input: Float32Array.of(-1, -0.5, 0, 0.5, 1),
  score: Float32Array.from(
    [
      [0, 1, 2, 3, 4],
      [5, 1, 0, 0, 0],
      [0, 0, 3, 2, 9],
      [0, 7, 0, 0, 0],
    ].flat(),
  ),
  wins: Uint8Array.from(
    [
      [0, 0, 0, 1, 1],
      [1, 0, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 0, 0],
    ].flat(),
  ),
};

test('a column prefers the middle of what it wins, or where it scores best', () => {
  expect([0, 1, 2, 3].map(column => preferredInput(sheet, column))).toEqual([0.75, -1, 0, -0.5]);
});

test('columns are sorted by it, those that win nowhere apart', () => {
  expect(tuningOrder(sheet)).toEqual({ winning: [1, 2, 0], idle: [3] });
});
