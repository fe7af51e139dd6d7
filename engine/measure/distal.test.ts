import { expect, test } from 'vitest';
import { defaultPreset } from '../model/presets.ts';
import { strongestDistalWeights } from './distal.ts';

const config = { ...defaultPreset.settings.network, columns: 2, cellsPerColumn: 2 };

// biome-ignore format: a row per cell
const weight = Float32Array.of(
  9, 9, 9, 9,
  9, 9, 9, 9,
  0.5, -2, 0, 1,
  0, 0, -0.25, 0.25,
);

test('lists the largest magnitudes of each cell of the column, strongest first', () => {
  expect(strongestDistalWeights(weight, config, 1, 2)).toEqual([
    [
      { from: 1, weight: -2 },
      { from: 3, weight: 1 },
    ],
    [
      { from: 2, weight: -0.25 },
      { from: 3, weight: 0.25 },
    ],
  ]);
});

test('leaves out weights of zero', () => {
  expect(strongestDistalWeights(weight, config, 1, 9).map(cell => cell.length)).toEqual([3, 2]);
});
