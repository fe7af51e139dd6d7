import { expect, test } from 'vitest';
import { groupRanges, type Range } from './readback.ts';

const range = (bytes: number): Range => ({ buffer: {} as GPUBuffer, offset: 0, bytes });

test('ranges share staging buffers in order; one that is too large has its own', () => {
  const sizes = [10, 20, 80, 5, 300, 40, 50, 20];
  const groups = groupRanges(sizes.map(range), 100);
  expect(groups.map(group => group.map(({ bytes }) => bytes))).toEqual([
    [10, 20],
    [80, 5],
    [300],
    [40, 50],
    [20],
  ]);
});
