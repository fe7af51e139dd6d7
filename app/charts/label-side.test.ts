import { expect, test } from 'vitest';
import { labelSide } from './label-side.ts';

const curve = (...points: [x: number, y: number][]) => points.map(([x, y]) => ({ x, y }));

test('a label stands where no curve runs through it', () => {
  // Along the line at first, then far below it: as an error that takes long to fall, on a logarithmic axis.
  const late = curve([0, 0.72], [0.5, 0.74], [0.6, 0.5], [1, 0.2]);
  expect(labelSide(late, 0.7, true, 'Left')).toBe('Right');
  expect(labelSide(late, 0.7, false, 'Left')).toBe('Left');
  // It falls through the line at once, between two points.
  const soon = curve([0, 1], [0.2, 0.1], [1, 0.1]);
  expect(labelSide(soon, 0.5, true, 'Left')).toBe('Right');
  expect(labelSide(soon, 0.5, false, 'Left')).toBe('Right');
  // It comes back to the line at the end.
  const back = curve([0, 0.4], [0.8, 0.1], [0.9, 0.55], [1, 0.55]);
  expect(labelSide(back, 0.5, true, 'Right')).toBe('Left');
  // Far from it on both sides, and on none.
  expect(labelSide(curve([0, 0.1], [1, 0.1]), 0.5, true, 'Left')).toBe('Left');
  expect(labelSide(curve([0, 0.1], [1, 0.1]), 0.5, true, 'Right')).toBe('Right');
  expect(labelSide([], 0.5, true, 'Right')).toBe('Right');
});
