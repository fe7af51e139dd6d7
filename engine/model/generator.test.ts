import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GaussianGenerator, gaussianFromState, gaussianGenerator } from './generator.ts';
import { defaultPreset } from './presets.ts';
import { learnedTensors } from './tensors.ts';

const draw = (generator: GaussianGenerator, count: number): number[] =>
  Array.from({ length: count }, () => generator.next());

const moment = (values: number[], power: number): number =>
  values.reduce((sum, x) => sum + x ** power, 0) / values.length;

describe('gaussianGenerator', () => {
  it('gives the same numbers for ever: runs are reproduced from their seeds', () => {
    const [first, second, third] = draw(gaussianGenerator(1, 'memory.weight'), 3);
    expect(first).toBeCloseTo(-0.1511324823824359, 12);
    expect(second).toBeCloseTo(0.1561275255021296, 12);
    expect(third).toBeCloseTo(-0.5592841893016727, 12);
  });

  it('gives each seed and each purpose numbers of their own', () => {
    const purposes = [...learnedTensors(defaultPreset.settings.network).map(t => t.name), 'signal.noise'];
    const seeds = [...Array(100).keys(), 2 ** 32 - 1];
    const streams = seeds.flatMap(seed => purposes.map(purpose => draw(gaussianGenerator(seed, purpose), 2)));
    expect(new Set(streams.map(String)).size).toBe(streams.length);
  });

  it('is standard normal', () => {
    const count = 200_000;
    const values = draw(gaussianGenerator(7, 'moments'), count);
    // Five standard errors of each estimate.
    const within = (estimate: number, expected: number, variance: number) =>
      expect(Math.abs(estimate - expected)).toBeLessThan(5 * Math.sqrt(variance / count));
    within(moment(values, 1), 0, 1);
    within(moment(values, 2), 1, 2);
    within(moment(values, 3), 0, 15);
    within(moment(values, 4), 3, 96);
    const beyond2 = values.filter(x => Math.abs(x) > 2).length / count;
    within(beyond2, 0.0455, 0.0455 * 0.9545);
  });

  it('draws independently from one number to the next, and from seed to seed', () => {
    const count = 20_000;
    const values = draw(gaussianGenerator(3, 'neighbours'), count + 1);
    const firsts = Array.from({ length: count + 1 }, (_, seed) => gaussianGenerator(seed, 'first').next());
    for (const series of [values, firsts]) {
      const products = series.slice(1).map((x, i) => x * series[i]!);
      expect(Math.abs(moment(products, 1))).toBeLessThan(5 / Math.sqrt(count));
    }
  });

  it('goes on from its state, which JSON carries', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(50), (seed, skipped) => {
        const original = gaussianGenerator(seed, 'x');
        draw(original, skipped);
        const restored = gaussianFromState(JSON.parse(JSON.stringify(original.state())));
        expect(draw(restored, 5)).toEqual(draw(original, 5));
      }),
    );
  });

  it('hands out its state as a copy', () => {
    const generator = gaussianGenerator(1, 'x');
    const state = generator.state();
    const before = [...state];
    generator.next();
    expect(state).toEqual(before);
    expect(generator.state()).not.toEqual(before);
  });
});
