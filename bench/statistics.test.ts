import { expect, test } from 'vitest';
import { quantile, spread } from './statistics.ts';

test('a quantile lies between the values around it', () => {
  expect(quantile([3, 1, 2], 0)).toBe(1);
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([3, 1, 2], 1)).toBe(3);
  expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5);
  expect(() => quantile([], 0.5)).toThrow(RangeError);
});

test('the spread is half the distance of the quartiles, as a share of the median', () => {
  expect(spread([100, 100, 100])).toBe(0);
  expect(spread([80, 90, 100, 110, 120])).toBeCloseTo(0.1);
});
