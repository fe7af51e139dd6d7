import { describe, expect, test } from 'vitest';
import { MackeyGlassStream } from './mackey-glass.ts';

const values = (seed: number, count: number) =>
  Array.from(new MackeyGlassStream(seed).rows(count)).filter((_, i) => i % 2 === 0);

describe('MackeyGlassStream', () => {
  test('goes on across calls, each target being the next input', () => {
    const whole = new MackeyGlassStream(1).rows(50);
    const parts = new MackeyGlassStream(1);
    expect([...parts.rows(20), ...parts.rows(30)]).toEqual([...whole]);
    for (let r = 0; r < 49; r++) expect(whole[2 * r + 1]).toBe(whole[2 * r + 2]);
  });

  test('obeys its equation: integrating the delayed slope over a unit of time gives the next value', () => {
    const x = values(1, 400).map(value => 0.9 + 0.5 * value);
    const slope = (t: number) => (0.2 * x[t - 17]!) / (1 + x[t - 17]! ** 10) - 0.1 * x[t]!;
    // Simpson's rule over two units; the slope is smooth at this scale.
    for (let t = 20; t < 398; t++) {
      const integral = (slope(t) + 4 * slope(t + 1) + slope(t + 2)) / 3;
      expect(Math.abs(x[t + 2]! - x[t]! - integral)).toBeLessThan(2e-3);
    }
  });

  test('lies within about ±1, around 0, never settles, and differs from seed to seed', () => {
    const x = values(1, 10000);
    expect(Math.max(...x)).toBeLessThan(1.05);
    expect(Math.min(...x)).toBeGreaterThan(-1.15);
    expect(Math.abs(x.reduce((sum, value) => sum + value, 0) / x.length)).toBeLessThan(0.1);
    const late = x.slice(-200);
    expect(Math.max(...late) - Math.min(...late)).toBeGreaterThan(1);
    expect(values(2, 100)).not.toEqual(values(1, 100));
  });
});
