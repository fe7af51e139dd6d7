import { describe, expect, test } from 'vitest';
import { SignalStream } from '../data/stream.ts';
import type { SignalConfig } from '../model/config.ts';
import { Autoregression } from './autoregression.ts';

/** RMSE over steps `from` to `to`. */
function error(
  order: number,
  signal: Partial<SignalConfig>,
  from: number,
  to: number,
  forgetting = 1,
): number {
  const stream = new SignalStream(
    { wave: 'sine', period: 50, amplitude: 1, noise: 0, endings: 'plain', ...signal },
    1,
    1,
  );
  const predictor = new Autoregression(order, 1, forgetting);
  const rows = stream.rows(to);
  let squares = 0;
  for (let t = 0; t < to; t++) {
    const [prediction] = predictor.step([rows[2 * t]!]);
    if (t >= from) squares += (prediction! - rows[2 * t + 1]!) ** 2;
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

  test.each([1, 0.995])('more terms than the signal needs do no harm, forgetting %d', forgetting => {
    expect(error(8, {}, 200, 10000, forgetting)).toBeLessThan(1e-6);
  });

  test('forgetting follows a change that all data weighed alike would not', () => {
    const errorAfter = (forgetting: number) => {
      const predictor = new Autoregression(2, 1, forgetting);
      let squares = 0;
      let phase = 0;
      for (let t = 0; t < 3000; t++) {
        const [prediction] = predictor.step([Math.sin(phase)]);
        phase += (2 * Math.PI) / (t < 1500 ? 50 : 20);
        if (t >= 2800) squares += (prediction! - Math.sin(phase)) ** 2;
      }
      return Math.sqrt(squares / 200);
    };
    expect(errorAfter(0.98)).toBeLessThan(1e-6);
    expect(errorAfter(1)).toBeGreaterThan(0.01);
  });

  test('several channels are predicted from the past of all', () => {
    const predictor = new Autoregression(1, 2);
    const value = (t: number) => [Math.sin(t / 8), Math.cos(t / 8)];
    let prediction: ArrayLike<number> = [];
    for (let t = 0; t < 200; t++) prediction = predictor.step(value(t));
    // One value of each tells the phase.
    for (const [c, expected] of value(200).entries()) expect(prediction[c]).toBeCloseTo(expected, 5);
  });

  test('does not learn while learning is off', () => {
    const predictor = new Autoregression(2);
    predictor.learning = false;
    for (let t = 0; t < 100; t++) expect(predictor.step([Math.sin(t / 8)])[0]).toBe(0);
  });
});
