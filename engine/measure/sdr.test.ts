import { describe, expect, test } from 'vitest';
import { likeness, overlapOf, recurrence } from './sdr.ts';

describe('the overlap of two representations', () => {
  test.each([
    [[1, 2, 3], [3, 4], { shared: 1, union: 4 }, 0.25],
    [[5, 9], [9, 5], { shared: 2, union: 2 }, 1],
    [[1], [2], { shared: 0, union: 2 }, 0],
    [[], [], { shared: 0, union: 0 }, 1],
  ])('of %o and %o', (a, b, overlap, share) => {
    expect(overlapOf(a, b)).toEqual(overlap);
    expect(overlapOf(b, a)).toEqual(overlap);
    expect(likeness(overlap)).toBe(share);
  });
});

describe('how long until a representation comes again', () => {
  const cosine = (period: number, count: number) =>
    Array.from({ length: count }, (_, back) => (1 + Math.cos((2 * Math.PI * back) / period)) / 2);

  test.each([7, 12.5, 50, 62.83])('is the period %d', period => {
    expect(Math.abs(recurrence(cosine(period, 200))! - period)).toBeLessThan(1);
  });

  test('is the period, not a weaker hump on the way', () => {
    const curve = Array.from({ length: 160 }, (_, back) => {
      const full = Math.abs(back - 50 * Math.round(back / 50));
      const half = Math.abs(((back + 25) % 50) - 25);
      return Math.max(0, 1 - full / 3, half > 22 ? 0.4 : 0);
    });
    expect(recurrence(curve)).toBe(50);
  });

  test('is not known where nothing has come again', () => {
    expect(recurrence([])).toBeNull();
    expect(recurrence([1, 1, 1, 1])).toBeNull();
    expect(recurrence(cosine(50, 20))).toBeNull();
    expect(recurrence([1, 0.5, 0.2, 0, 0, 0, 0.1, 0])).toBeNull();
  });

  test('passes over steps that are not known', () => {
    const curve = cosine(20, 60).map((value, back) => (back % 7 === 3 ? Number.NaN : value));
    expect(recurrence(curve)).toBe(20);
  });
});
