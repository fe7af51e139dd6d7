import { describe, expect, test } from 'vitest';
import { smoothed } from './smoothing.ts';

describe('smoothed', () => {
  test('with no weight on the past changes nothing', () => {
    expect(smoothed([3, 1, 4, 1, 5], 0)).toEqual([3, 1, 4, 1, 5]);
  });

  test('starts at the first value, not at zero', () => {
    for (const value of smoothed([2, 2, 2, 2], 0.9)) expect(value).toBeCloseTo(2, 12);
  });

  test('weighs each value by the weight to the power of its age', () => {
    const [a, b, c] = [5, 1, 7];
    const weight = 0.5;
    const expected = (a * weight ** 2 + b * weight + c) / (weight ** 2 + weight + 1);
    expect(smoothed([a, b, c], weight)[2]).toBeCloseTo(expected, 12);
  });

  test('approaches a new level by the weight at each step', () => {
    const values = [...Array<number>(500).fill(0), ...Array<number>(10).fill(1)];
    const result = smoothed(values, 0.8);
    expect(result[500]).toBeCloseTo(0.2, 12);
    expect(result[509]).toBeCloseTo(1 - 0.8 ** 10, 12);
  });

  test('passes over what is not a number', () => {
    const result = smoothed([Number.NaN, 1, Number.NaN, 3], 0.5);
    expect(result[0]).toBeNaN();
    expect(result[1]).toBe(1);
    expect(result[2]).toBe(1);
    expect(result[3]).toBeCloseTo((0.5 * 1 + 3) / 1.5, 12);
  });
});
