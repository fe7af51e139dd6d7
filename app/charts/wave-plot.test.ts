import { describe, expect, test } from 'vitest';
import { boundOf, stepAt, stepTicks, type WaveFrame, xOf } from './wave-plot.ts';

const frame = (change: Partial<WaveFrame> = {}): WaveFrame => ({
  x: 40,
  y: 8,
  width: 398,
  height: 120,
  last: 1000,
  span: 200,
  bound: 1,
  ...change,
});

describe('a wave frame', () => {
  test('has the newest step at its right edge and the oldest at its left', () => {
    expect(xOf(frame(), 1000)).toBe(438);
    expect(xOf(frame(), 801)).toBe(40);
  });

  test('finds the step under a place on it', () => {
    for (const step of [801, 850, 999, 1000]) expect(stepAt(frame(), xOf(frame(), step) + 0.9)).toBe(step);
  });
});

describe('stepTicks', () => {
  const labels = (f: WaveFrame, held: boolean) => stepTicks(f, held).map(t => t.label);

  test('stand at round steps that scroll with the wave', () => {
    expect(labels(frame(), false)).toEqual(['850', '900', '950', '1,000']);
    expect(labels(frame({ last: 1013 }), false)).toEqual(['850', '900', '950', '1,000']);
    expect(stepTicks(frame({ last: 1013 }), false).map(t => t.step)).toEqual([850, 900, 950, 1000]);
  });

  test('keep their places in a picture that is held, counting back from its end', () => {
    expect(stepTicks(frame({ last: 12_350 }), true)).toEqual([
      { step: 12_200, label: '−150' },
      { step: 12_250, label: '−100' },
      { step: 12_300, label: '−50' },
      { step: 12_350, label: '12,350' },
    ]);
  });

  test('are fewer where there is less room', () => {
    expect(labels(frame({ width: 140 }), false)).toEqual(['900', '1,000']);
  });

  test('never stand before the run began', () => {
    expect(labels(frame({ last: 60 }), false)).toEqual(['0', '50']);
  });
});

describe('boundOf', () => {
  test('leaves room above the peak, more for noise', () => {
    expect(boundOf({ amplitude: 1, noise: 0 })).toBeGreaterThan(1.05);
    expect(boundOf({ amplitude: 1, noise: 0.1 })).toBeCloseTo(boundOf({ amplitude: 1, noise: 0 }) + 0.3, 12);
  });

  test('is not zero for a signal that is', () => {
    expect(boundOf({ amplitude: 0, noise: 0 })).toBe(1);
  });
});
