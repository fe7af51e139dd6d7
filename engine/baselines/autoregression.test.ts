import { describe, expect, test } from 'vitest';
import { SignalStream } from '../data/stream.ts';
import type { SignalConfig } from '../model/config.ts';
import { Autoregression } from './autoregression.ts';

/** RMSE over steps `from` to `to`. */
function error(order: number, signal: Partial<SignalConfig>, from: number, to: number): number {
  const stream = new SignalStream({ wave: 'sine', period: 50, amplitude: 1, noise: 0, ...signal }, 1, 1);
  const predictor = new Autoregression(order);
  const rows = stream.rows(to);
  let squares = 0;
  for (let t = 0; t < to; t++) {
    const prediction = predictor.step(rows[2 * t]!);
    if (t >= from) squares += (prediction - rows[2 * t + 1]!) ** 2;
  }
  return Math.sqrt(squares / (to - from));
}

describe('Autoregression', () => {
  test.each([50, 62.83, 31.7])('two terms are exact on a sine of period %d after 200 steps', period => {
    expect(error(2, { period }, 200, 1000)).toBeLessThan(1e-6);
  });

  test('two sines need four terms', () => {
    expect(error(2, { wave: 'twoSines' }, 1000, 3000)).toBeGreaterThan(0.01);
    expect(error(4, { wave: 'twoSines' }, 1000, 3000)).toBeLessThan(1e-5);
  });

  test('more terms than the signal needs do no harm', () => {
    expect(error(8, {}, 200, 10000)).toBeLessThan(1e-6);
  });

  test('does not learn while learning is off', () => {
    const predictor = new Autoregression(2);
    predictor.learning = false;
    for (let t = 0; t < 100; t++) expect(predictor.step(Math.sin(t / 8))).toBe(0);
  });
});
