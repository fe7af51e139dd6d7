import { expect, it } from 'vitest';
import { tileAfter, tileColumns } from './tile-columns.ts';

it('fills whole rows, and fewer columns where there is less room', () => {
  expect([4, 9, 16, 25, 36, 64].map(count => tileColumns(count, 1000))).toEqual([4, 3, 4, 5, 6, 8]);
  expect([4, 9, 16, 25, 36, 64].map(count => tileColumns(count, 340))).toEqual([4, 3, 4, 5, 6, 4]);
  expect(tileColumns(7, 1000)).toBe(4);
  expect(tileColumns(16, 30)).toBe(1);
});

it('moves by the keys of a grid, and stops at its edges', () => {
  const go = (key: string, from: number) => tileAfter(key, from, 16, 4);
  expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].map(key => go(key, 5))).toEqual([
    4, 6, 1, 9, 0, 15,
  ]);
  expect([go('ArrowLeft', 0), go('ArrowUp', 3), go('ArrowDown', 13)]).toEqual([0, 3, 13]);
  expect(go('Enter', 5)).toBeNull();
});
