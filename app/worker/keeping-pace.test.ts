import { expect, test } from 'vitest';
import { pauseAfterKeeping } from './keeping-pace.ts';

const minute = 60_000;
/** Of the default network. */
const bytes = 8.4e6;

test('a run is kept every two seconds, an old and large one less often', () => {
  expect(pauseAfterKeeping(bytes, 60, 0)).toBe(2000);
  expect(pauseAfterKeeping(bytes, 60, 5 * minute)).toBe(2000);
  expect(pauseAfterKeeping(bytes, 60, 10 * minute)).toBe(3000);
  // Written at 1.5 MB a second from then on.
  expect(pauseAfterKeeping(bytes, 60, 60 * minute)).toBe(5600);
  expect(pauseAfterKeeping(1e6, 20, 600 * minute)).toBe(2000);
  expect(pauseAfterKeeping(200e6, 60, 600 * minute)).toBeCloseTo(133_333, 0);
});

test('where keeping takes long, training goes on twenty times as long in between', () => {
  expect(pauseAfterKeeping(bytes, 500, 0)).toBe(10_000);
  // Hours pass while it is written when the machine sleeps.
  expect(pauseAfterKeeping(bytes, 480 * minute, 0)).toBe(15_000);
  expect(pauseAfterKeeping(200e6, 1000, 600 * minute)).toBeCloseTo(133_333, 0);
});
