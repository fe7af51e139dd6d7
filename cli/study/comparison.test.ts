import { expect, test } from 'vitest';
import { comparisonList, ranked, rivalTable } from './comparison.ts';
import { deepHtm } from './competitors.ts';
import { changeRun, sampleResults, symbolRun } from './sample.ts';

const lineOf = (text: string, start: string) => text.split('\n').find(line => line.includes(start))!;

test('ranks the least first and never last', () => {
  const order = ranked([
    { name: 'never', value: Number.POSITIVE_INFINITY },
    { name: 'slow', value: 3 },
    { name: 'fast', value: 1 },
    { name: 'broken', value: Number.NaN },
  ]);
  expect(order.map(s => s.name)).toEqual(['fast', 'slow', 'never']);
});

test('says where DeepHTM is ahead, and nothing where it is not', () => {
  const behind = comparisonList(sampleResults({ rmse: [1, 1, 1], frozenRatio: 2, freeRun: [1, 1] }));
  expect(lineOf(behind, 'Least error')).toContain('nowhere');
  expect(lineOf(behind, 'Less error than the GRU')).toContain('nowhere');
  const ahead = comparisonList(
    sampleResults({ rmse: [0.1, 0.2, 0.3], frozenRatio: 2, freeRun: [1, 1] }).filter(
      r => r.predictor === deepHtm || r.trial !== 'wave' || r.stream !== 'nothing',
    ),
  );
  expect(lineOf(ahead, 'Less error than the GRU')).toContain('Sine, period 50 (at 1,000)');
  expect(lineOf(ahead, 'Less error than the GRU')).not.toContain('at 4,000');
});

test('puts predictors in order after changes', () => {
  const results = [
    ...sampleResults().filter(r => r.predictor !== deepHtm || r.trial === 'wave'),
    changeRun({ predictor: deepHtm, after: 0.01, back: 0.9 }),
    symbolRun({ predictor: deepHtm, symbolsToLearn: null, symbolsToRecover: 1200 }),
  ];
  const list = comparisonList(results);
  expect(lineOf(list, 'sudden change')).toContain('best first: **DeepHTM 0.0100**; ');
  expect(lineOf(list, 'old period')).toMatch(/\*\*DeepHTM 0\.900\*\*\.$/);
  expect(lineOf(list, 'until 99%')).toMatch(/\*\*DeepHTM never\*\*\.$/);
  expect(lineOf(list, 'swapped')).toContain('**DeepHTM 1,200**; ');
});

test('the table shows DeepHTM over the GRU, in bold below 1, and what context is worth', () => {
  const cells = rivalTable(sampleResults({ rmse: [0.1, 0.2, 0.4], frozenRatio: 0.5, freeRun: [1, 1.4] }))
    .split('\n')[2]!
    .split('|')
    .map(cell => cell.trim());
  expect(cells.slice(1, 7)).toEqual(['Sine, period 50', '**0.500**', '1.00', '2.00', '**0.500**', '2.00']);
  expect(cells[7]).toBe('DeepHTM');
  expect(cells[8]).not.toBe('DeepHTM');
  expect(cells[9]).toBe('0.500');
});
