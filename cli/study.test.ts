import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeMeasured } from './study/records.ts';
import { sample } from './study/sample.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'study-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const study = (...args: string[]) =>
  execFileSync(
    process.execPath,
    ['--import', 'tsx', '--import', './cli/register-wgsl.mjs', 'cli/study.ts', ...args, '--out', folder],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
  );

test('the document is made of what was measured, the same each time', () => {
  mkdirSync(join(folder, 'learning'));
  writeMeasured(join(folder, 'learning'), 'results', sample().cpu);
  expect(study('--document')).toContain(`Wrote ${join(folder, 'learning.md')}`);
  const files = ['learning.md', 'learning/sine-50.svg', 'learning/high-order.svg'];
  const read = () => files.map(name => readFileSync(join(folder, name), 'utf8'));
  const first = read();
  expect(first[0]).toContain('# How it learns, measured');
  study('--document');
  expect(read()).toEqual(first);
});

test('without anything measured it says what to run', () => {
  expect(study('--document')).toContain('Run npm run study');
});

test('a wrong option is named', () => {
  expect(() => study('--engine', 'abacus')).toThrow(/ConfigError: --engine/);
});
