import { expect, test } from 'vitest';
import { Scales } from './scales.ts';

test('a scale rises at once, sinks slowly, and starts anew with the run', () => {
  const scales = new Scales();
  scales.begin(1);
  expect(scales.most('a', Float32Array.of(0.5, 2))).toBe(2);
  scales.begin(2);
  const after = scales.most('a', Float32Array.of(0.5));
  expect(after).toBeLessThan(2);
  expect(after).toBeGreaterThan(1.5);
  expect(scales.most('b', Float32Array.of(0.25))).toBe(0.25);
  expect(scales.most('a', Float32Array.of(3))).toBe(3);
  scales.begin(0);
  expect(scales.most('a', Float32Array.of(0.5))).toBe(0.5);
});

test('a scale of nothing is still positive', () => {
  expect(new Scales().most('a', Float32Array.of(0, -1))).toBeGreaterThan(0);
});
