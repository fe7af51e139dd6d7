import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type NumberParameter, parameters } from '../../engine/model/parameters.ts';
import { sliderScale } from './slider-scale.ts';

const numbers = parameters.filter((p): p is NumberParameter => p.kind === 'number');
const named = numbers.map(p => [p.path, p] as const);
const log = numbers.filter(p => p.scale === 'log').map(p => [p.path, p] as const);

const stops = (p: NumberParameter): number[] => {
  const { least, most, step } = sliderScale(p);
  const count = Math.round((most - least) / step);
  return Array.from({ length: count + 1 }, (_, i) => least + i * step);
};

describe('sliderScale', () => {
  test.each(named)('%s: reaches both of its ends', (_, p) => {
    const { least, most, step, valueAt } = sliderScale(p);
    expect(valueAt(least)).toBe(p.least);
    expect(valueAt(most)).toBe(p.most);
    const steps = (most - least) / step;
    expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
  });

  test.each(named)('%s: a position further on is a larger value, and leads back to its place', (_, p) => {
    const { positionOf, valueAt } = sliderScale(p);
    const positions = stops(p);
    const values = positions.map(valueAt);
    for (let i = 0; i < values.length; i++) {
      if (i > 0) expect(values[i]!).toBeGreaterThan(values[i - 1]!);
      expect(positionOf(values[i]!)).toBeCloseTo(positions[i]!, 9);
    }
  });

  test.each(named)(
    '%s: a larger value never stands before a smaller one, on the slider or off it',
    (_, p) => {
      const { least, most, positionOf } = sliderScale(p);
      const value = fc.double({ min: 0, max: 2 * p.most, noNaN: true });
      fc.assert(
        fc.property(value, value, (a, b) => {
          const [low, high] = a < b ? [a, b] : [b, a];
          expect(positionOf(low)).toBeLessThanOrEqual(positionOf(high));
          expect(positionOf(low)).toBeGreaterThanOrEqual(least);
          expect(positionOf(high)).toBeLessThanOrEqual(most);
        }),
      );
    },
  );

  test.each(log)('%s: equal distances are nearly equal ratios', (_, p) => {
    const values = stops(p)
      .map(sliderScale(p).valueAt)
      .filter(v => v > 0);
    expect(values.length).toBeGreaterThan(20);
    for (let i = 1; i < values.length; i++) {
      expect(values[i]! / values[i - 1]!).toBeGreaterThan(1.05);
      expect(values[i]! / values[i - 1]!).toBeLessThan(1.4);
    }
  });

  test.each(log)('%s: has only numbers that a person would write', (_, p) => {
    for (const value of stops(p).map(sliderScale(p).valueAt))
      expect(Number(value.toPrecision(2))).toBe(value);
  });

  it('gives a log slider that starts at 0 a stop of exactly 0, before its smallest value', () => {
    const encoderRate = numbers.find(p => p.path === 'encoderRate')!;
    const { positionOf, valueAt } = sliderScale(encoderRate);
    expect(valueAt(0)).toBe(0);
    expect(valueAt(1)).toBe(encoderRate.step);
    expect(positionOf(encoderRate.step / 2)).toBeGreaterThan(0);
    expect(positionOf(encoderRate.step / 2)).toBeLessThan(1);
  });
});
