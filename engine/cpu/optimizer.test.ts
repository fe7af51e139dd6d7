import { expect, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import type { StepContext } from './layer.ts';
import { rules } from './optimizer.ts';

const context: StepContext = {
  live: plainNetwork,
  learning: true,
  clock: { step: 0, updates: 1, correction1: 0.1, correction2: 0.001 },
  rate: 0.01,
  stepScale: 1,
};

test.each([
  ['momentum', 1_000],
  ['rmsprop', 100_000],
  ['adam', 100_000],
] as const)('%s comes to rest without a gradient, and then moves nothing', (name, steps) => {
  const weights = Float32Array.of(1);
  const slots = { m: Float32Array.of(0.5), v: Float32Array.of(0.5) };
  const step = () => rules[name](weights, slots, 0, Float64Array.of(0), 0.01, context);
  expect(step()).toBe(true);
  for (let i = 0; i < steps; i++) step();
  const before = weights[0];
  expect(step()).toBe(false);
  expect(weights[0]).toBe(before);
  expect(name === 'rmsprop' ? 0 : slots.m[0]).toBe(0);
  expect(name === 'momentum' ? 0 : slots.v[0]).toBe(0);
});
