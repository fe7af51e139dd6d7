import { describe, expect, test } from 'vitest';
import { curveOf, rmse, type WaveResult } from './result.ts';
import { runTask, streamsOf } from './run-task.ts';

const wave = async (stream: string, predictor: string) =>
  (await runTask({ trial: 'wave', stream, predictor, seed: 1 })) as WaveResult;

test('persistence has a ratio of 1 throughout, and free-runs as a constant', async () => {
  const result = await wave('sine-50', 'Persistence');
  for (const ratio of [...result.ratio, result.weightsStillRatio, result.frozenRatio])
    expect(ratio).toBeCloseTo(1, 6);
  expect(result.rmse[2]!.toFixed(4)).toBe('0.0888');
  // It holds the value at step 11,999, one before a cycle begins.
  const held = Math.sin((2 * Math.PI * 11999) / 50);
  expect(result.freeRun[0]).toBeCloseTo(Math.sqrt(0.5 + held ** 2), 5);
  expect(result.periodError).toBe(Number.POSITIVE_INFINITY);
  expect(result.columns).toBeNull();
});

test('two terms of regression continue a sine on their own, at its amplitude and period', async () => {
  const result = await wave('sine-62.83', 'AR(2), least squares');
  expect(result.rmse[1]).toBeLessThan(1e-6);
  expect(result.freeRun[1]).toBeLessThan(1e-4);
  expect(result.amplitudeError).toBeLessThan(1e-4);
  expect(result.periodError).toBeLessThan(1e-3);
});

test.each([
  ['AR(2), least squares', false],
  ['AR(4), least squares', true],
])('%s sees far enough back to tell D from Y: %s', async (predictor, can) => {
  const result = await runTask({ trial: 'symbols', stream: 'high-order', predictor, seed: 1 });
  expect(result).toMatchObject({ symbolsToLearn: can ? expect.any(Number) : null });
});

test('what forgets recovers from a change', async () => {
  const [stream] = streamsOf('change') as [string];
  const result = await runTask({ trial: 'change', stream, predictor: 'AR(4), forgetting', seed: 1 });
  expect(result).toMatchObject({ stepsToRecover: expect.any(Number) });
});

describe('errors', () => {
  const rows = Float32Array.of(0, 1, 0, 2);

  test('compare predictions with targets, the second of each pair', () => {
    expect(rmse(rows, [1, 4], 0, 2)).toBeCloseTo(Math.SQRT2, 12);
    expect(rmse(rows, [1, 4], 0, 1)).toBe(0);
  });

  test('have a point of the curve for each 250 steps', () => {
    const still = new Float32Array(1000);
    expect(curveOf(still, [...Array(250).fill(1), ...Array(250).fill(3)])).toEqual([1, 3]);
  });
});
