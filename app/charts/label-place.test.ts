import { expect, test } from 'vitest';
import { labelPlace, labelWidth } from './label-place.ts';

const curve = (...points: [x: number, y: number][]) => points.map(([x, y]) => ({ x, y }));
const [left, right] = [0, 1 - labelWidth];

test('a label stands where no curve runs through it', () => {
  // Along the line at first, then far below it: as an error that takes long to fall, on a logarithmic axis.
  const late = curve([0, 0.72], [0.5, 0.74], [0.6, 0.5], [1, 0.2]);
  expect(labelPlace(late, 0.7, true, false)).toBe(right);
  expect(labelPlace(late, 0.7, false, false)).toBe(left);
  // It falls through the line at once, between two points.
  const soon = curve([0, 1], [0.2, 0.1], [1, 0.1]);
  expect(labelPlace(soon, 0.5, true, false)).toBe(right);
  expect(labelPlace(soon, 0.5, false, false)).toBe(right);
  // Straight down.
  const sheer = curve([0, 1], [0.2, 1], [0.2, 0], [1, 0]);
  expect(labelPlace(sheer, 0.5, true, false)).toBe(right);
  // It begins and ends at the line, with room between.
  const valley = curve([0, 0.6], [0.1, 0.2], [0.7, 0.2], [0.75, 0.55], [1, 0.55]);
  const between = labelPlace(valley, 0.5, true, false);
  expect(between).toBeGreaterThan(0.03);
  expect(between + labelWidth).toBeLessThan(0.75);
  // Where it is in the way everywhere, least of all at the end.
  const everywhere = curve([0, 0.55], [0.9, 0.55], [1, 0.2]);
  expect(labelPlace(everywhere, 0.5, true, false)).toBe(right);
  // Far from it on both sides.
  expect(labelPlace(curve([0, 0.1], [1, 0.1]), 0.5, true, false)).toBe(left);
  expect(labelPlace(curve([0, 0.1], [1, 0.1]), 0.5, true, true)).toBe(right);
  expect(labelPlace([], 0.5, true, true)).toBe(right);
});
