import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deepHtmConfig } from './competitors.ts';
import { readMeasured, writeMeasured } from './records.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'study-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was measured comes back to five digits, and so do errors that are no number', () => {
  const results = [
    { a: 0.123456789, b: Number.NaN, c: Number.POSITIVE_INFINITY, d: null, steps: 1234567 },
    { a: 1.23456789e-7, b: 1, c: 2, d: 'text', steps: 1 },
  ];
  writeMeasured(folder, 'gpu', { network: deepHtmConfig(1), adapter: 'Some GPU', results });
  expect(readMeasured(folder, 'gpu')).toEqual({
    network: deepHtmConfig(1),
    adapter: 'Some GPU',
    results: [
      { a: 0.12346, b: Number.NaN, c: Number.POSITIVE_INFINITY, d: null, steps: 1234567 },
      { a: 1.2346e-7, b: 1, c: 2, d: 'text', steps: 1 },
    ],
  });
  expect(readFileSync(join(folder, 'gpu.jsonl'), 'utf8').split('\n')).toHaveLength(4);
});

test('settings are kept to the last digit', () => {
  const network = { ...deepHtmConfig(1), learningRate: 0.123456789 };
  writeMeasured(folder, 'results', { network, results: [] });
  expect(readMeasured(folder, 'results')!.network.learningRate).toBe(0.123456789);
});

test('what was never measured is null', () => {
  expect(readMeasured(folder, 'drift')).toBeNull();
});
