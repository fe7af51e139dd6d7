import { expect, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import { RuleHistory, type RuleName, ruledMatrix } from './optimizer.ts';
import { plainWorkspace } from './plain-workspace.ts';

const context = {
  live: plainNetwork,
  learning: true,
  clock: { step: 0, updates: 1, correction1: 0.1, correction2: 0.001 },
  rate: 0.01,
  stepScale: 1,
};

const matrixOf = (rule: RuleName) => {
  const workspace = plainWorkspace(Float32Array);
  const history = new RuleHistory(rule, workspace);
  const matrix = ruledMatrix(history, Float32Array.of(1), 1, workspace);
  matrix.slots.m.fill(0.5);
  matrix.slots.v.fill(0.5);
  matrix.stirred.fill(1);
  const step = ({ kernels } = workspace) => {
    history.begin(context);
    kernels.moveRow(matrix, 0, 0, { values: Float32Array.of(0), support: Int32Array.of(0), count: 1 });
    history.done++;
    return matrix.stirred[0];
  };
  return { matrix, step };
};

test.each([
  ['momentum', 1_000],
  ['rmsprop', 100_000],
  ['adam', 100_000],
] as const)('%s comes to rest without a gradient, and then moves nothing', (rule, steps) => {
  const { matrix, step } = matrixOf(rule);
  const { weights, slots } = matrix;
  expect(step()).toBe(1);
  for (let i = 0; i < steps; i++) step();
  const before = weights[0];
  expect(step()).toBe(0);
  expect(weights[0]).toBe(before);
  expect(rule === 'rmsprop' ? 0 : slots.m[0]).toBe(0);
  expect(rule === 'momentum' ? 0 : slots.v[0]).toBe(0);
});
