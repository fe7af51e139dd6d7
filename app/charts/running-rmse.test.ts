import { describe, expect, test } from 'vitest';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import { pointsPerError, runningRmse } from './running-rmse.ts';

const points = (losses: number[]): HistoryPoint[] =>
  losses.map((loss, i) => ({ step: 10 * (i + 1), loss, bursting: 0, columns: 0 }));

describe('runningRmse', () => {
  test('is the root of the mean loss over the last points, fewer at the start', () => {
    expect(runningRmse(points([4, 0, 16, 16, 4]), 2)).toEqual([
      { step: 10, rmse: 2 },
      { step: 20, rmse: Math.sqrt(2) },
      { step: 30, rmse: Math.sqrt(8) },
      { step: 40, rmse: 4 },
      { step: 50, rmse: Math.sqrt(10) },
    ]);
  });

  test('is level for an error that goes up and down with the wave', () => {
    const wave = Array.from({ length: 300 }, (_, t) => Math.sin((2 * Math.PI * t) / 50) ** 2);
    const count = pointsPerError(1, 50);
    for (const { rmse } of runningRmse(points(wave), count).slice(count))
      expect(rmse).toBeCloseTo(Math.SQRT1_2, 9);
  });

  test('leaves out stretches that are not a number, and comes back after them', () => {
    const result = runningRmse(points([1, Number.NaN, 1, 1]), 2);
    expect(result.map(p => p.step)).toEqual([10, 40]);
  });
});

describe('pointsPerError', () => {
  test.each([
    [1, 50, 100],
    [1, 180.5, 181],
    [2, 50, 50],
    [64, 50, 2],
    [128, 50, 1],
    [4096, 50, 1],
  ])('with %d steps a point and a period of %d takes %d points', (width, period, count) => {
    expect(pointsPerError(width, period)).toBe(count);
  });
});
