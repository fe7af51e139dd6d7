import { describe, expect, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import type { NetworkConfig } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import { learnedTensors } from '../model/tensors.ts';
import { histogramBins, histogramOf, initialCounts } from './histogram.ts';

const total = (counts: ArrayLike<number>) => Array.from(counts).reduce((sum, n) => sum + n, 0);
const middle = (histogramBins - 1) / 2;

describe('a histogram', () => {
  test('has every value in the bin that it belongs to', () => {
    const { counts, reach, size, zeros, mean, deviation } = histogramOf(Float32Array.of(-2, 0, 0, 1, 2));
    expect(reach).toBe(2);
    expect(size).toBe(5);
    expect(zeros).toBe(2);
    expect(mean).toBeCloseTo(0.2, 12);
    expect(deviation).toBeCloseTo(Math.sqrt((4 + 1 + 4) / 5 - 0.04), 12);
    const filled = [...counts.entries()].filter(([, n]) => n > 0);
    expect(filled).toEqual([
      [0, 1],
      [middle, 2],
      [Math.floor((3 * histogramBins) / 4), 1],
      [histogramBins - 1, 1],
    ]);
  });

  test('of zeros alone has them in the middle', () => {
    const { counts, reach, deviation } = histogramOf(new Float32Array(7));
    expect([reach, deviation, counts[middle]]).toEqual([0, 0, 7]);
  });

  test('counts what is no number apart', () => {
    const { counts, unreal, mean, reach } = histogramOf(Float32Array.of(Number.NaN, Infinity, 3));
    expect([unreal, mean, reach, total(counts)]).toEqual([2, 3, 3, 1]);
    expect(histogramOf(Float32Array.of(Number.NaN))).toMatchObject({ unreal: 1, mean: 0, deviation: 0 });
  });
});

describe('counts expected at the start', () => {
  const config: NetworkConfig = { ...plainNetwork, encoder: [64, 64], columns: 64, decoder: [32] };

  test('are those of the tensors that are drawn, within chance', () => {
    const { tensors } = initialState(config, 3);
    for (const spec of learnedTensors(config)) {
      const values = tensors.get(spec.name)!;
      const { counts, reach } = histogramOf(values);
      const expected = initialCounts(spec, values.length, reach);
      for (let bin = 0; bin < histogramBins; bin++) {
        const chance = 5 * Math.sqrt(expected[bin]!) + 2;
        expect(Math.abs(counts[bin]! - expected[bin]!), `${spec.name}, bin ${bin}`).toBeLessThan(chance);
      }
    }
  });

  test('leave out what lies beyond', () => {
    const normal = { initialMean: 0, initialVariance: 1 };
    expect(total(initialCounts(normal, 1000, 1))).toBeCloseTo(682.69, 1);
    expect(total(initialCounts({ initialMean: 2, initialVariance: 0 }, 10, 1))).toBe(0);
  });
});
