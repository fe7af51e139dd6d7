import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createCpuNetwork } from '../engine/cpu/network.ts';
import { compareGolden, type GoldenReport, parseGoldenCase } from './compare.ts';

const folder = new URL('cases/', import.meta.url);
const cases = readdirSync(folder).map(file => parseGoldenCase(readFileSync(new URL(file, folder), 'utf8')));

const worstAbsolute = (report: GoldenReport): number =>
  Math.max(
    ...(
      ['prediction', 'loss', 'gradients', 'weights', 'columnMean', 'columnVariance', 'columnDuty'] as const
    ).map(kind => report[kind].absolute),
  );

test('all cases are there', () => {
  expect(cases).toHaveLength(11);
});

describe.each(cases)('golden case $name on the CPU', golden => {
  test.each(['webassembly', 'typescript'] as const)(
    'float32 stays within the tolerances in %s',
    async loops => {
      const report = await compareGolden(golden, async (config, state) =>
        createCpuNetwork(config, state, { loops }),
      );
      expect(report).toMatchObject({ steps: 24, winners: [], bursting: [], passed: true });
    },
  );

  test('float64 agrees to the digits that the case has', async () => {
    const report = await compareGolden(golden, async (config, state) =>
      createCpuNetwork(config, state, { precision: 'float64' }),
    );
    expect(report).toMatchObject({ steps: 24, winners: [], bursting: [], passed: true });
    expect(worstAbsolute(report)).toBeLessThan(1e-6);
  });
});
