import { describe, expect, test } from 'vitest';
import { change, runChange, stepsToRecover } from './change.ts';
import type { Competitor } from './competitors.ts';

/** Rows of a ramp: persistence errs by 1 in each step. */
const ramp = (steps: number) => Float32Array.from({ length: 2 * steps }, (_, i) => Math.ceil(i / 2));
/** The ramp's targets, but for an error before step `from`. */
const learned = (steps: number, from: number, error: number) =>
  Array.from({ length: steps }, (_, t) => t + 1 + (t < from ? error : 0));

describe('stepsToRecover', () => {
  test('is a window where there was never an error', () => {
    expect(stepsToRecover(ramp(400), learned(400, 0, 1))).toBe(250);
  });

  test('counts until the errors that are left in the window are few enough', () => {
    // 250 steps hold n errors of 1: sqrt(n / 250) <= 1/4 for n <= 15, so 235 steps after the last but 15.
    expect(stepsToRecover(ramp(1000), learned(1000, 300, 1))).toBe(300 + 235);
  });

  test('is null where the end comes before', () => {
    expect(stepsToRecover(ramp(400), learned(400, 300, 1))).toBeNull();
  });
});

test('the change comes at 10,000 steps and goes back at 15,000, without a jump of the wave', async () => {
  const seen: number[] = [];
  const perfect: Competitor = {
    run: async rows => {
      seen.push(...rows.filter((_, i) => i % 2 === 0));
      return rows.filter((_, i) => i % 2 === 1);
    },
    columnUse: () => null,
  };
  const task = { trial: 'change', stream: change.name, predictor: 'perfect', seed: 1 } as const;
  const result = await runChange(task, perfect);
  expect(result).toMatchObject({ before: 0, after: 0, back: 0, stepsToRecover: 250 });
  expect(result.curve).toHaveLength(64);
  expect(seen).toHaveLength(16000);
  const steepest = (from: number, to: number) =>
    Math.max(...seen.slice(from + 1, to).map((x, i) => Math.abs(x - seen[from + i]!)));
  expect(steepest(0, 10001)).toBeCloseTo((2 * Math.PI) / 50, 2);
  expect(steepest(10001, 15001)).toBeCloseTo((2 * Math.PI) / 31.7, 2);
  expect(steepest(15001, 16000)).toBeCloseTo((2 * Math.PI) / 50, 2);
  expect(steepest(0, 16000)).toBeLessThan(0.2);
});
