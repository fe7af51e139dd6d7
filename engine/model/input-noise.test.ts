import { describe, expect, it, test } from 'vitest';
import { InputNoise, inputNoiseAt } from './input-noise.ts';

const level = { inputNoise: 0.5, finalInputNoise: 0.1, inputNoiseSteps: 1000 };
const constant = { inputNoise: 0.5, finalInputNoise: 0.5, inputNoiseSteps: 0 };

test.each([
  [0, 0.5],
  [500, 0.3],
  [1000, 0.1],
  [50_000, 0.1],
])('falls in a straight line, and then stays: step %i', (step, expected) => {
  expect(inputNoiseAt(level, step)).toBeCloseTo(expected, 12);
});

test('without steps to fall in it is at its final level from the start', () => {
  expect(inputNoiseAt({ ...level, inputNoiseSteps: 0 }, 0)).toBeCloseTo(0.1, 12);
});

describe('input noise', () => {
  const noisy = (
    inputs: number,
    firstStep: number,
    count: number,
    of: InputNoise = new InputNoise(inputs),
  ) => {
    const rows = new Float64Array(count * 2 * inputs);
    of.addTo(rows, firstStep, constant);
    return rows;
  };

  it('leaves targets as they are', () => {
    const rows = noisy(2, 0, 50);
    expect(rows.filter((_, i) => i % 4 < 2).every(value => value !== 0)).toBe(true);
    expect(rows.filter((_, i) => i % 4 > 1).every(value => value === 0)).toBe(true);
  });

  it('has the standard deviation that was asked for, and no mean', () => {
    const values = noisy(1, 0, 20_000).filter((_, i) => i % 2 === 0);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
    // Five standard errors.
    expect(Math.abs(mean)).toBeLessThan((5 * 0.5) / Math.sqrt(20_000));
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(5 * Math.sqrt(2 / 20_000));
  });

  it('depends on the step alone, however steps are cut into calls', () => {
    const whole = noisy(3, 0, 700);
    const parts = new InputNoise(3);
    for (const [from, count] of [
      [0, 255],
      [255, 3],
      [258, 254],
      [512, 188],
    ] as const)
      expect([...noisy(3, from, count, parts)]).toEqual([...whole.subarray(from * 6, (from + count) * 6)]);
    for (const from of [699, 300, 256, 511])
      expect([...noisy(3, from, 1, parts)]).toEqual([...whole.subarray(from * 6, (from + 1) * 6)]);
  });

  it('is not there at level 0', () => {
    const rows = new Float64Array(20);
    new InputNoise(1).addTo(rows, 0, { inputNoise: 0, finalInputNoise: 0, inputNoiseSteps: 10 });
    expect(rows.every(value => value === 0)).toBe(true);
  });
});
