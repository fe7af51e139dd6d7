import { expect, test } from 'vitest';
import { floorsOf } from '../data/floors.ts';
import { Persistence } from './persistence.ts';

test('persistence has the error of the floor, 0.0888 for a sine of period 50', () => {
  const persistence = new Persistence();
  let squares = 0;
  for (let t = 0; t < 5000; t++) {
    const [prediction] = Array.from(persistence.step([Math.sin((2 * Math.PI * t) / 50)]));
    squares += (prediction! - Math.sin((2 * Math.PI * (t + 1)) / 50)) ** 2;
  }
  const rmse = Math.sqrt(squares / 5000);
  expect(rmse.toFixed(4)).toBe('0.0888');
  const floor = floorsOf(
    { wave: 'sine', period: 50, amplitude: 1, noise: 0, endings: 'plain' },
    1,
  ).persistence;
  expect(rmse).toBeCloseTo(floor, 6);
});
