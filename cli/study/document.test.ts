import { describe, expect, test } from 'vitest';
import { columnTable, learningDocument, type StudiedStream, streamPlot, streamTable } from './document.ts';
import type { Result } from './result.ts';

const result = (changes: Partial<Result>): Result => ({
  stream: 's',
  predictor: 'Persistence',
  seed: 1,
  rmse: [0.2, 0.2, 0.2],
  ratio: [1, 1, 1],
  curve: Array.from({ length: 40 }, () => 0.2),
  weightsStillRatio: 1,
  frozenRatio: 1,
  freeRun: [0.6, 0.7],
  columns: null,
  ...changes,
});
const deepHtm = (seed: number, last: number, inUse: number) =>
  result({
    predictor: 'DeepHTM',
    seed,
    rmse: [0.1, 0.05, 0.2 * last],
    ratio: [0.5, 0.25, last],
    curve: Array.from({ length: 40 }, (_, i) => 0.2 / (i + 1)),
    columns: { inUse, entropy: 0.8, burstRate: 0.01 * seed },
  });
const stream: StudiedStream = {
  name: 's',
  label: 'A <stream>',
  noMemory: 0.1,
  results: [deepHtm(1, 0.1, 60), deepHtm(2, 0.4, 50), deepHtm(3, 0.2, 70), result({})],
};

describe('streamTable', () => {
  const rows = streamTable(stream)
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()));

  test('gives medians, and the worst seed in brackets', () => {
    expect(rows[0]!.slice(1, 8)).toEqual([
      'predictor',
      'RMSE 1k',
      'RMSE 4k',
      'RMSE 10k',
      'ratio 1k',
      'ratio 4k',
      'ratio 10k',
    ]);
    expect(rows[2]!.slice(1, 8)).toEqual([
      'DeepHTM',
      '0.100',
      '0.0500',
      '0.0400',
      '0.500',
      '0.250',
      '0.200 (0.400)',
    ]);
  });

  test('ends with the best predictor without memory, against the same persistence', () => {
    expect(rows.at(-1)!.slice(1, 8)).toEqual([
      'Best without memory',
      '0.100',
      '0.100',
      '0.100',
      '0.500',
      '0.500',
      '0.500',
    ]);
  });

  test('every row has as many cells as the header', () => {
    for (const row of rows) expect(row).toHaveLength(rows[0]!.length);
  });
});

test('columnTable gives the median, the fewest columns and the worst burst rate', () => {
  expect(columnTable([stream]).split('\n')[2]).toBe('| A <stream> | 60 of 256 | 50 | 0.800 | 2.0% | 3.0% |');
});

describe('streamPlot', () => {
  const svg = streamPlot(stream);

  test('draws each predictor and the floor, and names them', () => {
    for (const name of ['DeepHTM', 'Persistence', 'Best without memory'])
      expect(svg).toContain(`>${name}</text>`);
    expect(svg.match(/fill="none"/g)).toHaveLength(3);
    expect(svg).not.toContain('NaN');
    expect(svg).toContain('A &lt;stream&gt;');
  });

  test('a better curve lies lower, and stays in the picture', () => {
    const [falling] = svg.match(/d="M[^"]*" fill="none"/)!;
    const heights = [...falling.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(m => Number(m[1]));
    expect(heights).toHaveLength(40);
    expect(heights.every((y, i) => i === 0 || y > heights[i - 1]!)).toBe(true);
    expect(Math.max(...heights)).toBeLessThanOrEqual(340);
  });
});

test('the document has the command above every table', () => {
  const document = learningDocument([stream], 'npm run study');
  const tables = document.match(/^\| ---/gm)!.length;
  expect(tables).toBe(2);
  expect(document.match(/```sh\nnpm run study\n```/g)!.length).toBe(tables + 1);
  expect(document).toContain('never that this network predicts best');
  expect(document).toContain('](learning/s.svg)');
});
