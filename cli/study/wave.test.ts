import { expect, test } from 'vitest';
import type { Competitor, Manner } from './competitors.ts';
import { runWave } from './wave.ts';

const task = { trial: 'wave', stream: 'sine-50', predictor: 'made up', seed: 1 } as const;

/** Follows the stream with an error of `off` in each manner, and dreams `dream`. */
const madeUp = (off: Partial<Record<Manner, number>>, dream: (t: number) => number): Competitor => ({
  run: async (rows, how) =>
    Array.from({ length: rows.length / 2 }, (_, t) =>
      how === 'freeRun' ? dream(t) : rows[2 * t + 1]! + (off[how] ?? 0),
    ),
  columnUse: () => null,
});

/** The true wave from step 12,001 on, where free run begins, at another amplitude and period. */
const wave =
  (amplitude = 1, period = 50) =>
  (t: number) =>
    amplitude * Math.sin((2 * Math.PI * (12001 + t)) / period);

test('tells the errors of each manner apart', async () => {
  const { rmse, ratio, weightsStillRatio, frozenRatio, freeRun, curve } = await runWave(
    task,
    madeUp({ learning: 0.01, weightsStill: 0.02, frozen: 0.03 }, t => wave()(t) + 0.04),
  );
  const persistence = Math.SQRT2 * Math.sin(Math.PI / 50);
  for (const i of [0, 1, 2]) {
    expect(rmse[i]).toBeCloseTo(0.01, 6);
    expect(ratio[i]).toBeCloseTo(0.01 / persistence, 5);
  }
  expect(curve).toHaveLength(40);
  expect(weightsStillRatio).toBeCloseTo(0.02 / persistence, 5);
  expect(frozenRatio).toBeCloseTo(0.03 / persistence, 5);
  for (const error of freeRun) expect(error).toBeCloseTo(0.04, 6);
});

test('a perfect dream is off by nothing', async () => {
  const { amplitudeError, periodError } = await runWave(task, madeUp({}, wave()));
  expect(amplitudeError).toBeCloseTo(0, 6);
  expect(periodError).toBeCloseTo(0, 4);
});

test('a smaller, slower dream is off by so much in either', async () => {
  const { amplitudeError, periodError } = await runWave(task, madeUp({}, wave(0.7, 55)));
  // Eight cycles of 50 are not a whole number of 55.
  expect(Math.abs(amplitudeError - 0.3)).toBeLessThan(0.02);
  expect(Math.abs(periodError! - 0.1)).toBeLessThan(0.002);
});

test.each([0, 0.7])(
  'a dream that dies at %d has no period, and is off by all of the amplitude',
  async rest => {
    const { amplitudeError, periodError } = await runWave(
      task,
      madeUp({}, () => rest),
    );
    expect(amplitudeError).toBeCloseTo(1, 12);
    expect(periodError).toBe(Number.POSITIVE_INFINITY);
  },
);

test('a stream of more than one tone has no period to be off', async () => {
  const { periodError } = await runWave({ ...task, stream: 'two-sines' }, madeUp({}, wave()));
  expect(periodError).toBeNull();
});
