import { describe, expect, test } from 'vitest';
import { linearTicks, logDomain, logTicks, stepsFrom, stepTicks } from './axis-ticks.ts';

const close = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(value / (expected[i] || 1)).toBeCloseTo(expected[i] === 0 ? 0 : 1, 9);
  });
};

describe('logDomain', () => {
  test('widens to the next 1, 2 or 5', () => {
    close(logDomain([0.0015, 0.63]), [0.001, 1]);
    close(logDomain([0.03, 0.15]), [0.02, 0.2]);
    close(logDomain([6e-6]), [5e-6, 1e-5]);
  });

  test('keeps values that stand on a mark already', () => {
    for (const mark of [0.001, 0.002, 0.005, 0.01, 0.2, 1, 500, 1e6]) {
      const [least, most] = logDomain([mark, mark * 10]);
      close([least, most], [mark, mark * 10]);
    }
  });

  test('gives a single mark some room on both sides', () => {
    close(logDomain([0.1]), [0.05, 0.2]);
  });

  test('leaves out what has no logarithm', () => {
    const bad = [0, -1, Number.NaN, Number.POSITIVE_INFINITY];
    expect(logDomain([...bad, 0.03, 0.15])).toEqual(logDomain([0.03, 0.15]));
    expect(logDomain(bad)).toEqual([0.1, 1]);
    expect(logDomain([])).toEqual([0.1, 1]);
  });
});

describe('logTicks', () => {
  test('are powers of ten over several decades', () => {
    close(logTicks([0.001, 1]), [0.001, 0.01, 0.1, 1]);
    close(logTicks([0.0005, 2]), [0.001, 0.01, 0.1, 1]);
  });

  test('are every other power where there are many, the largest among them', () => {
    close(logTicks([1e-8, 1]), [1e-8, 1e-6, 1e-4, 1e-2, 1]);
  });

  test('are 1, 2 and 5 times powers of ten over less', () => {
    close(logTicks([0.02, 0.5]), [0.02, 0.05, 0.1, 0.2, 0.5]);
    close(logTicks([64, 9984]), [100, 200, 500, 1000, 2000, 5000]);
  });
});

describe('linearTicks', () => {
  test.each([
    [1, [0, 1]],
    [64, [0, 20, 40, 60]],
    [500, [0, 100, 200, 300, 400, 500]],
    [9984, [0, 2000, 4000, 6000, 8000]],
    [10000, [0, 2000, 4000, 6000, 8000, 10000]],
    [12000, [0, 5000, 10000]],
    [1_500_000, [0, 500_000, 1_000_000, 1_500_000]],
  ])('up to %d are %j', (most, expected) => {
    expect(linearTicks(most)).toEqual(expected);
  });
});

describe('axes of steps', () => {
  const points = (...steps: number[]) => steps.map(step => ({ step }));

  test('begin at 0, but where a run is known late only', () => {
    expect(stepsFrom(points(64, 9984), 64)).toBe(0);
    expect(stepsFrom(points(1), 1)).toBe(0);
    expect(stepsFrom([], 1)).toBe(0);
    expect(stepsFrom(points(300_001), 1)).toBe(300_000);
    expect(stepsFrom(points(300_256, 368_384), 256)).toBe(300_000);
    // A fifth of the axis.
    expect(stepsFrom(points(10_064, 49_984), 64)).toBe(10_000);
    expect(stepsFrom(points(10_064, 50_048), 64)).toBe(0);
  });

  test.each([
    ['linear', 0, 9984, [0, 2000, 4000, 6000, 8000]],
    ['linear', 300_000, 300_001, [300_000, 300_001]],
    ['linear', 300_000, 368_384, [300_000, 320_000, 340_000, 360_000]],
    ['linear', 300_123, 301_147, [300_500, 301_000]],
    ['log', 1, 2, [1, 2]],
    ['log', 64, 9984, [100, 200, 500, 1000, 2000, 5000]],
    ['log', 300_256, 368_384, [320_000, 340_000, 360_000]],
    ['log', 480_000, 520_000, [480_000, 490_000, 500_000, 510_000, 520_000]],
    ['log', 300_000, 1_200_000, [500_000, 1_000_000]],
  ] as const)('%s from %d to %d have ticks at %j', (scale, from, to, ticks) => {
    expect(stepTicks(scale, [from, to])).toEqual(ticks);
  });
});
