import { expect, test } from 'vitest';
import { DrawingPace } from './drawing-pace.ts';

/** Milliseconds from one drawing to the next, where each takes so long. */
function waitOf(took: number): number {
  const pace = new DrawingPace();
  pace.begin(0);
  for (let i = 0; i < 50; i++) pace.took(took);
  let wait = 0;
  while (!pace.due(wait)) wait++;
  return wait;
}

test('draws in a tenth of the time', () => {
  expect(waitOf(5)).toBeGreaterThan(40);
  expect(waitOf(5)).toBeLessThanOrEqual(50);
});

test('draws eight times a second, however long it takes', () => {
  expect(waitOf(80)).toBeGreaterThan(100);
  expect(waitOf(80)).toBeLessThanOrEqual(125);
});

test('draws at once what it has not drawn yet', () => {
  expect(new DrawingPace().due(0)).toBe(true);
});
