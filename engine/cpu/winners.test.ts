import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankLargest } from './winners.ts';

const rank = (scores: number[], most: number): number[] => {
  const order = new Int32Array(most);
  rankLargest(Float32Array.from(scores), order);
  return [...order];
};

test('equal scores go to the lower index', () => {
  expect(rank([0, 0, 0, 0], 2)).toEqual([0, 1]);
  expect(rank([1, 3, 2, 3, 3], 3)).toEqual([1, 3, 4]);
  expect(rank([1, 2, 2, 1], 3)).toEqual([1, 2, 0]);
  expect(rank([-0, 0, -0], 2)).toEqual([0, 1]);
});

test('agrees with a stable sort', () => {
  const scores = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(scores, fc.nat(29), (values, most) => {
      const count = Math.min(most + 1, values.length);
      const sorted = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b);
      expect(rank(values, count)).toEqual(sorted.slice(0, count));
    }),
  );
});

test('scores that are no numbers still give as many different columns', () => {
  const order = rank([Number.NaN, 1, Number.NaN, 2], 3);
  expect(new Set(order).size).toBe(3);
});
