import { expect, test } from 'vitest';
import { parseNetwork } from '../engine/model/config.ts';
import { plain } from './networks.ts';
import { bytesPerStep } from './traffic.ts';

const config = parseNetwork({
  ...plain(),
  encoder: [4],
  columns: 10,
  winners: 2,
  cellsPerColumn: 3,
  decoder: [5],
});

test('a step moves the rows of units that are not zero, and back only to those with a gradient', () => {
  const activity = { encoder: [2], predictive: 7, decoder: [3] };
  const encoder = 1 * 4 + 2 * 1 * 2;
  const pooler = 2 * 10 + 2 * 2 * 2;
  const memory = 6 * 30 + 2 * 6 * 7 + 2 * 6 * 6;
  const decoder = 7 * 5 + 2 * 7 * 3 + (3 * 1 + 2 * 3 * 1);
  expect(bytesPerStep(config, activity)).toBe(4 * (encoder + pooler + memory + decoder));
});

test('active readout gives the memory no gradient but the one through the gate', () => {
  const activity = { encoder: [2], predictive: 7, decoder: [3] };
  const encoder = 1 * 4 + 2 * 1 * 2;
  const pooler = 2 * 10 + 2 * 2 * 2;
  const memory = 6 * 30 + 2 * 6 * 6;
  const decoder = 6 * 5 + 2 * 6 * 3 + (3 * 1 + 2 * 3 * 1);
  expect(bytesPerStep({ ...config, readout: 'active' }, activity)).toBe(
    4 * (encoder + pooler + memory + decoder),
  );
});

test('rules with slots move all weights, of which this count knows nothing', () => {
  const activity = { encoder: [2], predictive: 7, decoder: [3] };
  expect(bytesPerStep({ ...config, optimizer: 'adam' }, activity)).toBeNull();
});
