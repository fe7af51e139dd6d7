import { expect, test } from 'vitest';
import { Gru } from './gru.ts';

const sine = (t: number) => Math.sin((2 * Math.PI * t) / 50);

function errors(seed: number, steps: number): number[] {
  const gru = new Gru(seed);
  return Array.from({ length: steps }, (_, t) => gru.step(sine(t)) - sine(t + 1));
}

test('the GRU gets far below persistence on a sine, and the same seed gives the same run', () => {
  const run = errors(1, 1500);
  const last = run.slice(-300);
  const rmse = Math.sqrt(last.reduce((sum, e) => sum + e * e, 0) / last.length);
  expect(rmse).toBeLessThan(0.3 * 0.0888);
  expect(errors(1, 50)).toEqual(run.slice(0, 50));
  expect(errors(2, 50)).not.toEqual(run.slice(0, 50));
});

test('a frozen GRU that sees a constant settles', () => {
  const gru = new Gru(2);
  gru.learning = false;
  let before = 0;
  let after = 0;
  for (let t = 0; t < 500; t++) {
    before = after;
    after = gru.step(0.5);
  }
  expect(Math.abs(after - before)).toBeLessThan(1e-9);
});
