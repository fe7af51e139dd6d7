import { expect, test } from 'vitest';
import { rmse } from './result.ts';
import { runTask } from './run-task.ts';

test('persistence has a ratio of 1 throughout, and free-runs as a constant', async () => {
  const result = await runTask({ stream: 'sine-50', predictor: 'Persistence', seed: 1 });
  for (const ratio of [...result.ratio, result.weightsStillRatio, result.frozenRatio])
    expect(ratio).toBeCloseTo(1, 6);
  expect(result.rmse[2]!.toFixed(4)).toBe('0.0888');
  // It holds the value at step 11,999, one before a cycle begins.
  const held = Math.sin((2 * Math.PI * 11999) / 50);
  expect(result.freeRun[0]).toBeCloseTo(Math.sqrt(0.5 + held ** 2), 5);
  expect(result.columns).toBeNull();
});

test('two terms of regression continue a sine on their own', async () => {
  const result = await runTask({ stream: 'sine-62.83', predictor: 'AR(2), least squares', seed: 1 });
  expect(result.rmse[1]).toBeLessThan(1e-6);
  expect(result.freeRun[1]).toBeLessThan(1e-4);
});

test('rmse compares predictions with targets, the second of each pair', () => {
  expect(rmse(Float32Array.of(0, 1, 0, 2), [1, 4], 0, 2)).toBeCloseTo(Math.SQRT2, 12);
  expect(rmse(Float32Array.of(0, 1, 0, 2), [1, 4], 0, 1)).toBe(0);
});
