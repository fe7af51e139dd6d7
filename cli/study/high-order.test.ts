import { describe, expect, test } from 'vitest';
import { symbols } from '../../engine/data/symbols.ts';
import type { Competitor } from './competitors.ts';
import { highOrder, progress, runSymbols } from './high-order.ts';

const task = { trial: 'symbols', stream: highOrder.name, predictor: 'made up', seed: 1 } as const;
const oneHot = (symbol: string) => symbols.map(s => (s === symbol ? 1 : 0));
const symbolAt = (rows: Float32Array, at: number) => symbols[rows.subarray(6 * at, 6 * at + 6).indexOf(1)]!;

/** Rows of A-B-C-D without end. */
const onlyD = (sequences: number) =>
  Float32Array.from(
    Array.from({ length: 4 * sequences }, (_, t) => [t, t + 1].flatMap(i => oneHot('ABCD'[i % 4]!))).flat(),
  );

/** Predicts D or Y after C by what `ending` makes of the symbol two before, and anything else rightly. */
const byRule = (ending: (first: string, symbolsSeen: number) => string): Competitor => {
  let first = '';
  let seen = 0;
  return {
    run: async rows => {
      const predictions: number[] = [];
      for (let t = 0; t < rows.length / 12; t++) {
        const present = symbolAt(rows, 2 * t);
        if (present === 'A' || present === 'X') first = present;
        seen++;
        predictions.push(...oneHot(present === 'C' ? ending(first, seen) : symbolAt(rows, 2 * t + 1)));
      }
      return predictions;
    },
    columnUse: () => null,
  };
};

describe('progress', () => {
  test('needs 250 ambiguous symbols to say that anything is learned', () => {
    const rows = onlyD(300);
    const right = rows.filter((_, i) => i % 12 >= 6);
    const { learnedAfter, curve } = progress(rows, right);
    // The first D is the third row's target.
    expect(learnedAfter).toBe(249 * 4 + 3);
    expect(curve).toEqual([1, 1, 1, 1]);
  });

  test('comes when only two of the last 250 were wrong', () => {
    const rows = onlyD(600);
    const predictions = rows.filter((_, i) => i % 12 >= 6);
    // The first 100 of D are taken for Y.
    for (let t = 2; t < 400; t += 4) predictions.set(oneHot('Y'), 6 * t);
    const { learnedAfter, curve } = progress(rows, predictions);
    // The 98 first of them have gone by with the 348th D.
    expect(learnedAfter).toBe(347 * 4 + 3);
    expect(curve[0]).toBe(0);
    expect(curve.at(-1)).toBe(1);
  });

  test('never comes to what is wrong once in fifty', () => {
    const rows = onlyD(600);
    const predictions = rows.filter((_, i) => i % 12 >= 6);
    for (let t = 2; t < 2400; t += 200) predictions.set(oneHot('Y'), 6 * t);
    expect(progress(rows, predictions).learnedAfter).toBeNull();
  });
});

test('memory of what came first is right before the swap, and wrong after it', async () => {
  const result = await runSymbols(
    task,
    byRule(first => (first === 'A' ? 'D' : 'Y')),
  );
  expect(result).toMatchObject({ accuracy: 1, symbolsToRecover: null });
  expect(result.symbolsToLearn).toBeLessThan(1010);
  expect(result.curve).toHaveLength(40);
  expect(result.curve[20]).toBeLessThan(0.05);
});

test('one that learns the new endings after 400 symbols has recovered when the window lies behind that', async () => {
  const result = await runSymbols(
    task,
    byRule((first, seen) => ((first === 'A') === seen <= 5400 ? 'D' : 'Y')),
  );
  expect(result.symbolsToRecover).toBeGreaterThan(1380);
  expect(result.symbolsToRecover).toBeLessThan(1410);
});

test('without memory half of the ambiguous symbols are right', async () => {
  const { accuracy, symbolsToLearn } = await runSymbols(
    task,
    byRule(() => 'D'),
  );
  expect(Math.abs(accuracy - 0.5)).toBeLessThan(0.1);
  expect(symbolsToLearn).toBeNull();
});
