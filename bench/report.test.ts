import { expect, test } from 'vitest';
import type { Row } from './race.ts';
import { figureTable, problemList, renderedDocument, replaceBetween, rowTable } from './report.ts';

const row: Row = {
  id: 'cpu/256x5/predictive/sgd',
  engine: 'CPU engine',
  driver: null,
  adapter: 'CPU',
  hardware: false,
  size: '256x5',
  readout: 'predictive',
  optimizer: 'sgd',
  preset: null,
  networks: 1,
  stepsPerSecond: 9876,
  ratio: 0.512,
  spread: 0.03,
  bandwidthShare: 0.25,
  learning: null,
  problem: null,
};

test('speeds of a CPU stay on the console, those of a real GPU go everywhere', () => {
  const gpu: Row = { ...row, id: 'gpu', adapter: 'A GPU', hardware: true, stepsPerSecond: 31_234 };
  expect(rowTable([row], 'all')).toContain('9,880');
  expect(rowTable([row], 'hardware')).not.toMatch(/9,8\d\d|steps\/s/);
  const both = rowTable([row, gpu], 'hardware');
  expect(both).toContain('31,200');
  expect(both).not.toContain('9,880');
});

test('what does not run is open, and every reason is named once', () => {
  const open = { ...row, stepsPerSecond: null, ratio: null, spread: null, problem: 'too large' };
  expect(rowTable([open], 'hardware')).toContain('*open*');
  expect(problemList([open, { ...open, id: 'other' }, row])).toBe(
    '- `cpu/256x5/predictive/sgd`, `other`: too large',
  );
});

test('times of a machine without a GPU are told as multiples alone', () => {
  const figure = {
    id: 'page/first-step',
    name: 'First step',
    value: 1234,
    unit: 'ms',
    relative: { value: 2.5, to: 'first paint' },
    hardware: false,
  } as const;
  expect(figureTable([figure], 'all')).toContain('1,230 ms, 2.5 × first paint');
  expect(figureTable([figure], 'hardware')).toContain('| First step | 2.5 × first paint |');
  expect(figureTable([{ ...figure, relative: null }], 'hardware')).not.toContain('First step');
});

test('the document keeps all that is not between its markers', () => {
  const before = 'a\n<!-- goals -->\nold\n<!-- /goals -->\nb\n<!-- results -->\nold\n<!-- /results -->\nc\n';
  const machine = { name: '2 cores, no GPU', hardware: false };
  const after = renderedDocument(before, [{ machine, rows: [row], figures: [] }]);
  expect(after.replaceAll(/<!-- (\w+) -->[\s\S]*?<!-- \/\1 -->/g, '$1')).toBe('a\ngoals\nb\nresults\nc\n');
  expect(after).not.toContain('old');
  expect(after).toContain('### 2 cores, no GPU');
  expect(renderedDocument(after, [{ machine, rows: [row], figures: [] }])).toBe(after);
  expect(() => replaceBetween('nothing', 'goals', '')).toThrow('<!-- goals -->');
});
