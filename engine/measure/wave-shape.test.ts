import { describe, expect, test } from 'vitest';
import { meanPeriod, rootMeanSquare, swing } from './wave-shape.ts';

const wave = (period: number, steps: number, amplitude = 1, phase = 0) =>
  Float32Array.from({ length: steps }, (_, t) => amplitude * Math.sin((2 * Math.PI * t) / period + phase));

describe('rootMeanSquare', () => {
  test('of whole cycles of a sine is its amplitude over the square root of two', () => {
    expect(rootMeanSquare(wave(50, 500, 3))).toBeCloseTo(3 / Math.SQRT2, 6);
  });
});

describe('swing', () => {
  test('of whole cycles of a sine is its amplitude over the square root of two, wherever its middle is', () => {
    for (const middle of [0, 5])
      expect(
        swing(
          Float32Array.from(wave(50, 500, 3), x => x + middle),
          0,
        ),
      ).toBeCloseTo(3 / Math.SQRT2, 5);
  });

  test('of what has come to rest is nothing', () => {
    expect(swing([3, -2, 0.7, 0.7, 0.7], 2)).toBeCloseTo(0, 12);
  });

  test('takes the later values alone', () => {
    expect(swing([9, -9, 1, 2, 1, 2], 2)).toBeCloseTo(0.5, 12);
  });
});

describe('meanPeriod', () => {
  test.each([50, 62.83, 31.7, 7.3])('finds a period of %d, whatever phase and amplitude', period => {
    for (const phase of [0, 1, 2.5])
      expect(Math.abs(meanPeriod(wave(period, 500, 0.3, phase)) / period - 1)).toBeLessThan(2e-3);
  });

  test('is exact on straight lines', () => {
    // Up through zero at 0.25, 4.5.
    expect(meanPeriod([-1, 3, 1, -1, -2, 2])).toBe(4.25);
  });

  test('a wave that dies, stands still or crosses once has no period', () => {
    expect(meanPeriod(new Float32Array(500))).toBe(Number.POSITIVE_INFINITY);
    expect(meanPeriod([-1, 1, 1, 1])).toBe(Number.POSITIVE_INFINITY);
    expect(meanPeriod(wave(50, 40))).toBe(Number.POSITIVE_INFINITY);
    expect(meanPeriod(Float32Array.from(wave(50, 500), x => x + 2))).toBe(Number.POSITIVE_INFINITY);
  });
});
