import { describe, expect, test } from 'vitest';
import { anomalyScore, movingMean } from './anomaly.ts';

describe('the anomaly score', () => {
  test('is the share of winners that nothing predicted', () => {
    expect(anomalyScore(0, 5)).toBe(0);
    expect(anomalyScore(2, 5)).toBe(0.4);
    expect(anomalyScore(5, 5)).toBe(1);
  });
});

describe('a moving mean', () => {
  test('is over the last values, fewer at the beginning', () => {
    expect(movingMean([1, 3, 5, 7], 2)).toEqual([1, 2, 4, 6]);
    expect(movingMean([], 3)).toEqual([]);
  });

  test('passes over what is no number, and recovers from it', () => {
    expect(movingMean([2, Number.NaN, 4, 6], 2)).toEqual([2, 2, 4, 5]);
    expect(movingMean([Number.NaN, 3], 2)).toEqual([Number.NaN, 3]);
  });
});
