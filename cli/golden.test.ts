import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'deephtm-golden-'));
afterAll(() => rmSync(folder, { recursive: true }));

function golden(...args: string[]) {
  const command = ['--import', 'tsx', '--import', './cli/register-wgsl.mjs', 'cli/golden.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('npm run golden', { timeout: 60_000 }, () => {
  it.each(['cpu', 'gpu'])('passes on the %s, and tells the worst errors', engine => {
    const { status, output } = golden(
      '--engine',
      engine,
      'golden/cases/default.json',
      'golden/cases/one-cell.json',
    );
    expect(output).toMatch(/pass {2}default/);
    expect(output).toMatch(/pass {2}one-cell/);
    expect(output).toMatch(/gradients +\d\.\d+e-\d+ +[\d.]+% of tolerance/);
    expect(status).toBe(0);
  });

  it('exits 1 when one number is beyond its tolerance', () => {
    const text = readFileSync('golden/cases/default.json', 'utf8');
    const wrong = JSON.parse(text);
    wrong.steps[5].prediction[0] += 0.001;
    const file = join(folder, 'wrong.json');
    writeFileSync(file, JSON.stringify(wrong));
    const { status, output } = golden('--engine', 'cpu', 'golden/cases/one-cell.json', file);
    expect(output).toContain('FAIL');
    expect(output).toContain('after step 5');
    expect(status).toBe(1);
  });

  it('refuses what is no golden case', () => {
    const { status, output } = golden('--engine', 'cpu', 'package.json');
    expect(output).toContain('FileError');
    expect(status).toBe(1);
  });
});
