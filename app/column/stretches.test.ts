import { describe, expect, test } from 'vitest';
import { curveAt, winningStretches } from './stretches.ts';

const input = Float32Array.of(-1, -0.5, 0, 0.5, 1);

describe('stretches of inputs that a column wins', () => {
  test.each([
    [[0, 0, 0, 0, 0], []],
    [[1, 1, 1, 1, 1], [[-1, 1]]],
    [
      [1, 0, 1, 1, 0],
      [
        [-1, -1],
        [0, 0.5],
      ],
    ],
    [[0, 0, 0, 0, 1], [[1, 1]]],
  ])('%o', (wins, expected) => {
    expect(winningStretches(input, Uint8Array.from(wins))).toEqual(expected);
  });
});

describe('a curve', () => {
  const score = Float32Array.of(0, 2, 4, 2, 0);

  test.each([
    [-1, 0],
    [-0.75, 1],
    [0, 4],
    [1, 0],
  ])('has at %d the value %d', (x, y) => {
    expect(curveAt(input, score, x)).toBeCloseTo(y, 6);
  });

  test('has no value outside', () => {
    expect(curveAt(input, score, -1.01)).toBeNull();
    expect(curveAt(input, score, 1.01)).toBeNull();
  });
});
