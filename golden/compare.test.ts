import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createCpuNetwork } from '../engine/cpu/network.ts';
import { FileError } from '../engine/errors.ts';
import { compareGolden, type GoldenCase, parseGoldenCase } from './compare.ts';

const text = readFileSync(new URL('cases/one-cell.json', import.meta.url), 'utf8');

/** The case with one change to its JSON. */
const changed = (change: (json: GoldenCase) => void): string => {
  const json = JSON.parse(text);
  change(json);
  return JSON.stringify(json);
};

describe('a file is refused', () => {
  const damages: [string, string, string][] = [
    ['that is not JSON', text.slice(0, 100), 'not JSON'],
    ['of another kind', '{"name":"x"}', 'config'],
    [
      'with a bad config',
      changed(json => {
        json.config.winners = 0;
      }),
      'winners',
    ],
    [
      'without a step',
      changed(json => {
        json.steps = [];
      }),
      'steps',
    ],
    [
      'with a missing tensor',
      changed(json => {
        delete json.initial['memory.weight'];
      }),
      'initial.memory.weight should have 256 values, not 0',
    ],
    [
      'with a short gradient',
      changed(json => {
        json.steps[11]!.gradients!['pooler.bias']!.pop();
      }),
      'steps.11.gradients.pooler.bias should have 16',
    ],
    [
      'with a word among the numbers',
      changed(json => {
        json.steps[2]!.prediction = ['zero' as unknown as number];
      }),
      'steps.2.prediction.0',
    ],
  ];
  test.each(damages)('%s', (_, damaged, problem) => {
    expect(() => parseGoldenCase(damaged)).toThrow(FileError);
    expect(() => parseGoldenCase(damaged)).toThrow(problem);
  });
});

describe('a difference is found', () => {
  const report = (change: (json: GoldenCase) => void) =>
    compareGolden(parseGoldenCase(changed(change)), async (config, state) => createCpuNetwork(config, state));

  test('and named, in a gradient', async () => {
    const { passed, gradients, weights } = await report(json => {
      json.steps[11]!.gradients!['memory.bias']![3]! += 0.01;
    });
    expect(passed).toBe(false);
    expect(gradients.where).toBe('gradient.memory.bias[3] after step 11');
    expect(gradients.absolute).toBeCloseTo(0.01, 5);
    expect(weights.ofTolerance).toBeLessThan(1);
  });

  test.each([
    ['prediction', (json: GoldenCase) => (json.steps[5]!.prediction[0]! += 0.001)],
    ['loss', (json: GoldenCase) => (json.steps[5]!.loss += 0.001)],
    ['weights', (json: GoldenCase) => (json.final['pooler.weight']![0]! += 0.001)],
    ['columnMean', (json: GoldenCase) => (json.columnMean[4]! += 0.001)],
    ['columnVariance', (json: GoldenCase) => (json.columnVariance[4]! += 0.001)],
    ['columnDuty', (json: GoldenCase) => (json.columnDuty[4]! += 0.001)],
  ] as const)('in %s', async (kind, change) => {
    const result = await report(change);
    expect(result.passed).toBe(false);
    expect(result[kind].ofTolerance).toBeGreaterThan(1);
  });

  test('in winners and in bursting columns', async () => {
    const result = await report(json => {
      json.steps[7]!.winners.reverse();
      json.steps[8]!.bursting += 1;
    });
    expect(result.passed).toBe(false);
    expect(result.winners.map(m => m.step)).toEqual([7]);
    expect(result.bursting.map(m => m.step)).toEqual([8]);
  });

  test('where a network gives no numbers', async () => {
    const result = await compareGolden(parseGoldenCase(text), async (config, state) => {
      state.tensors.get('decoder.1.bias')!.fill(Number.NaN);
      return createCpuNetwork(config, state);
    });
    expect(result.passed).toBe(false);
    expect(result.prediction.absolute).toBe(Number.POSITIVE_INFINITY);
  });
});
