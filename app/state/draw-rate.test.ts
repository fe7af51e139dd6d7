import { expect, test } from 'vitest';
import { type DrawRate, DrawTimer } from './draw-rate.ts';

/** Steps at which a page would be drawn that hears of every tenth step, ten milliseconds apart. */
function drawn(rate: DrawRate, steps: number): number[] {
  const timer = new DrawTimer();
  const at: number[] = [];
  for (let step = 10; step <= steps; step += 10) if (timer.due(rate, step, step)) at.push(step);
  return at;
}

test('draws as often as it hears', () => {
  expect(drawn('every frame', 50)).toEqual([10, 20, 30, 40, 50]);
});

test('draws so many times a second', () => {
  expect(drawn({ perSecond: 4 }, 1000)).toEqual([10, 260, 510, 760]);
});

test('draws after so many steps, wherever the reports fall', () => {
  expect(drawn({ everySteps: 1000 }, 3500)).toEqual([1000, 2000, 3000]);
  expect(drawn({ everySteps: 15 }, 60)).toEqual([20, 30, 50, 60]);
});

test('draws at once when a run starts over', () => {
  const timer = new DrawTimer();
  expect(timer.due({ perSecond: 1 }, 5000, 0)).toBe(true);
  expect(timer.due({ perSecond: 1 }, 5010, 10)).toBe(false);
  expect(timer.due({ perSecond: 1 }, 3, 20)).toBe(true);
});
