import { expect, test } from 'vitest';
import { Gru, type GruOptions } from './gru.ts';

const sine = (t: number) => Math.sin((2 * Math.PI * t) / 50);

function errors(seed: number, steps: number, options: GruOptions = {}): number[] {
  const gru = new Gru(seed, options);
  return Array.from({ length: steps }, (_, t) => gru.step([sine(t)])[0]! - sine(t + 1));
}

test('the GRU gets far below persistence on a sine, and the same seed gives the same run', () => {
  const run = errors(1, 1500);
  const last = run.slice(-300);
  const rmse = Math.sqrt(last.reduce((sum, e) => sum + e * e, 0) / last.length);
  expect(rmse).toBeLessThan(0.3 * 0.0888);
  expect(errors(1, 50)).toEqual(run.slice(0, 50));
  expect(errors(2, 50)).not.toEqual(run.slice(0, 50));
});

test('without a half-life the rate stays', () => {
  expect(errors(1, 50, { halfLife: Number.POSITIVE_INFINITY })).not.toEqual(errors(1, 50));
  expect(errors(1, 50, { halfLife: 2000 })).toEqual(errors(1, 50));
});

test('several channels are learned together', () => {
  const cycle = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const gru = new Gru(1, { inputs: 3 });
  let right = 0;
  for (let t = 0; t < 400; t++) {
    const prediction = Array.from(gru.step(cycle[t % 3]!));
    if (t >= 300 && prediction.indexOf(Math.max(...prediction)) === (t + 1) % 3) right++;
  }
  expect(right).toBe(100);
});

test('a frozen GRU that sees a constant settles', () => {
  const gru = new Gru(2);
  gru.learning = false;
  let before = 0;
  let after = 0;
  for (let t = 0; t < 500; t++) {
    before = after;
    after = gru.step([0.5])[0]!;
  }
  expect(Math.abs(after - before)).toBeLessThan(1e-9);
});
