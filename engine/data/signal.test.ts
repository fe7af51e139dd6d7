import { describe, expect, test } from 'vitest';
import { cycleOf, hasPeriod, type WaveSignal, waveAt } from './signal.ts';

const signal = (values: Partial<WaveSignal> = {}): WaveSignal => ({
  wave: 'sine',
  period: 50,
  amplitude: 1,
  noise: 0,
  endings: 'plain',
  ...values,
});

describe('waveAt', () => {
  test('a sine starts at zero, rises, and peaks after a quarter of a cycle', () => {
    expect(waveAt(signal(), 0)).toBe(0);
    expect(waveAt(signal(), 1 / 12)).toBeCloseTo(0.5, 12);
    expect(waveAt(signal(), 1 / 4)).toBeCloseTo(1, 12);
    expect(waveAt(signal(), 3 / 4)).toBeCloseTo(-1, 12);
  });

  test('two sines are of periods 50 and 19.1, half the amplitude each', () => {
    for (const step of [0, 7, 113, 4001]) {
      const expected =
        0.5 * Math.sin((2 * Math.PI * step) / 50) + 0.5 * Math.sin((2 * Math.PI * step) / 19.1);
      expect(waveAt(signal({ wave: 'twoSines' }), step / 50)).toBeCloseTo(expected, 9);
    }
  });

  test('a square wave is high for the first half of each cycle, also at negative times', () => {
    const square = signal({ wave: 'square' });
    expect([0, 0.25, 0.5, 0.75, 1, -0.25].map(c => waveAt(square, c))).toEqual([1, 1, -1, -1, 1, -1]);
  });

  test('a triangle moves evenly between its peaks', () => {
    const triangle = signal({ wave: 'triangle' });
    expect(waveAt(triangle, 0.125)).toBeCloseTo(0.5, 12);
    expect(waveAt(triangle, 0.25)).toBeCloseTo(1, 12);
    expect(waveAt(triangle, 0.375)).toBeCloseTo(0.5, 12);
    expect(waveAt(triangle, 0.75)).toBeCloseTo(-1, 12);
  });

  test.each(['sine', 'twoSines', 'threeTones', 'square', 'triangle'] as const)(
    '%s stays within its amplitude and scales with it',
    wave => {
      let largest = 0;
      for (let c = 0; c < 40; c += 0.01) {
        const value = waveAt(signal({ wave, amplitude: 2.5 }), c);
        expect(value).toBeCloseTo(2.5 * waveAt(signal({ wave }), c), 12);
        largest = Math.max(largest, Math.abs(value));
      }
      expect(largest).toBeLessThanOrEqual(2.5 + 1e-12);
      expect(largest).toBeGreaterThan(0.9 * 2.5);
    },
  );

  test('of two channels, the second is the first a quarter of a cycle earlier', () => {
    for (const c of [0, 0.1, 0.6, 3.3])
      expect(waveAt(signal(), c, 1, 2)).toBeCloseTo(waveAt(signal(), c - 0.25), 12);
  });

  test('of four channels, each is an eighth of a cycle behind the one before', () => {
    for (const channel of [0, 1, 2, 3])
      expect(waveAt(signal(), 0.7, channel, 4)).toBeCloseTo(waveAt(signal(), 0.7 - channel / 8), 12);
  });
});

test('a wave comes round in its period, symbols in a sequence, and Mackey-Glass never', () => {
  const cycles = (['sine', 'square', 'highOrder', 'mackeyGlass'] as const).map(wave => {
    const changed = { ...signal(), wave };
    return [hasPeriod(changed), cycleOf(changed)];
  });
  expect(cycles).toEqual([
    [true, 50],
    [true, 50],
    [false, 4],
    [false, Number.POSITIVE_INFINITY],
  ]);
});
