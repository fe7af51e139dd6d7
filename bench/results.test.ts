import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Figure } from './figure.ts';
import { keepResults, type Results, readResults } from './results.ts';

const machine = { name: '2 cores, no GPU', hardware: false };
const figure = (id: string, value: number): Figure => ({
  id,
  name: id,
  value,
  unit: 'ms',
  relative: null,
  hardware: false,
});
const results = (figures: Figure[], of = machine): Results => ({ machine: of, rows: [], figures });

test('what is measured again replaces what was, and the rest stays in its place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deephtm-results-'));
  try {
    expect(readResults(folder)).toEqual([]);
    keepResults(folder, results([figure('a', 1.23456), figure('b', 2)]));
    keepResults(folder, results([figure('c', 5), figure('a', 3)]));
    keepResults(folder, results([figure('a', 7)], { name: 'A GPU', hardware: true }));
    const [cores, gpu] = readResults(folder);
    expect(cores!.figures.map(({ id, value }) => [id, value])).toEqual([
      ['a', 3],
      ['b', 2],
      ['c', 5],
    ]);
    expect(gpu).toEqual(results([figure('a', 7)], { name: 'A GPU', hardware: true }));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
