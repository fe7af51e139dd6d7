import { describe, expect, test } from 'vitest';
import { defaultPreset } from '../model/presets.ts';
import { distalMap, strongestOf } from './distal-map.ts';

const config = { ...defaultPreset.settings.network, columns: 2, cellsPerColumn: 2 };
/** Row `to`, column `from`: 10 * to + from. */
const weight = Float32Array.from({ length: 16 }, (_, i) => 10 * Math.floor(i / 4) + (i % 4));

describe('the distal weights of a cell', () => {
  test('coming in are its row, going out its column', () => {
    expect([...distalMap(weight, config, 2, 'incoming')]).toEqual([20, 21, 22, 23]);
    expect([...distalMap(weight, config, 2, 'outgoing')]).toEqual([2, 12, 22, 32]);
  });

  test('are ranked by magnitude, of equals the lower index first', () => {
    expect(strongestOf(Float32Array.of(0, -3, 1, 3, 0, -5), 3)).toEqual([5, 1, 3]);
    expect(strongestOf(Float32Array.of(0, 0), 3)).toEqual([]);
  });
});
