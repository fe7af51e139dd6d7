import { expect } from 'vitest';

/** Fails with the worst place, where any value is off by more than 1e-4 + 1e-4 |expected|. */
export function expectClose(name: string, actual: Float32Array, expected: Float32Array): void {
  expect(actual.length, name).toBe(expected.length);
  let worst = { ofTolerance: 0, where: '' };
  expected.forEach((value, i) => {
    const error = Math.abs(actual[i]! - value);
    const ofTolerance = Number.isNaN(error)
      ? Number.POSITIVE_INFINITY
      : error / (1e-4 + 1e-4 * Math.abs(value));
    if (ofTolerance > worst.ofTolerance)
      worst = { ofTolerance, where: `${name}[${i}]: ${actual[i]}, expected ${value}` };
  });
  expect(worst.ofTolerance, worst.where).toBeLessThanOrEqual(1);
}
