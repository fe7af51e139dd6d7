import { expect, test } from 'vitest';
import { typedIndex } from './typed-index.ts';

test('the number of a column is read in any digits, and refused beyond the last', () => {
  const read = ['7', ' 12 ', '١٢', '۱۲', '0', '255'].map(text => typedIndex(text, 255));
  expect(read).toEqual([7, 12, 12, 12, 0, 255]);
  const refused = ['', '256', '٢٥٦', '-1', '1.5', '1e1', 'x'].map(text => typedIndex(text, 255));
  expect(refused).toEqual(Array(7).fill(null));
});
