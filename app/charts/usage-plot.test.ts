import { expect, test } from 'vitest';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import { usageInWords } from './usage-in-words.ts';
import { usageLines } from './usage-plot.ts';

const point = (bursting: number, columns = 40): HistoryPoint => ({ step: 4096, loss: 0, bursting, columns });

test('columns stand on an axis of all columns, with the winners of a step as their level', () => {
  const [columns] = usageLines([point(0)], 256, 5);
  expect([columns!.most, columns!.level, columns!.value(point(0))]).toEqual([256, 5, 40]);
});

test('the burst axis is as long as the largest share needs, and never beyond all', () => {
  const top = (...bursting: number[]) =>
    usageLines(
      bursting.map(b => point(b)),
      256,
      5,
    )[1]!.most;
  expect([top(0), top(0.25), top(0.26), top(0.3, 2), top(5, 0)]).toEqual([0.05, 0.05, 0.1, 0.5, 1]);
});

test('words say what the newest point shows, and what is not known', () => {
  expect(usageInWords(point(0.1), 256, 5)).toBe(
    'At step 4,096, 40 of 256 columns won in the last 1,000 steps, and 2% of winners burst.',
  );
  expect(usageInWords(point(0.1, Number.NaN), 256, 5)).toContain('not known yet');
  expect(usageInWords(undefined, 256, 5)).toContain('no steps yet');
});
