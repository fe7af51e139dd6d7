import { describe, expect, test } from 'vitest';
import { createCpuNetwork } from '../cpu/network.ts';
import type { NetworkConfig } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import { defaultPreset } from '../model/presets.ts';
import { tuningCurve, tuningMap } from './tuning.ts';

const small: NetworkConfig = {
  ...defaultPreset.settings.network,
  encoder: [2],
  columns: 3,
  winners: 1,
  homeostasis: 'none',
};

/** h = relu([x, -x]); overlaps [x+, x-, 0.5]. */
const handmade = (statistics: { mean?: number[]; variance?: number[]; duty?: number[] } = {}) =>
  new Map<string, Float32Array>([
    ['encoder.0.weight', Float32Array.of(1, -1)],
    ['encoder.0.bias', Float32Array.of(0, 0)],
    ['pooler.weight', Float32Array.of(1, 0, 0, 1, 0, 0)],
    ['pooler.bias', Float32Array.of(0, 0, 0.5)],
    ['pooler.mean', Float32Array.from(statistics.mean ?? [0, 0, 0])],
    ['pooler.variance', Float32Array.from(statistics.variance ?? [0, 0, 0])],
    ['pooler.duty', Float32Array.from(statistics.duty ?? [0, 0, 0])],
  ]);

const inputs = Float32Array.of(-1, -0.5, 0, 0.5, 1);

describe('a tuning curve by hand', () => {
  test('is the overlap, and wins where it is the largest, ties going to the lower index', () => {
    const up = tuningCurve(handmade(), small, 0, inputs);
    expect([...up.score]).toEqual([0, 0, 0, 0.5, 1]);
    expect([...up.wins]).toEqual([0, 0, 0, 1, 1]);
    const down = tuningCurve(handmade(), small, 1, inputs);
    expect([...down.score]).toEqual([1, 0.5, 0, 0, 0]);
    expect([...down.wins]).toEqual([1, 1, 0, 0, 0]);
    const flat = tuningCurve(handmade(), small, 2, inputs);
    expect([...flat.score]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
    expect([...flat.wins]).toEqual([0, 0, 1, 0, 0]);
  });

  test('counts more winners', () => {
    const { wins } = tuningCurve(handmade(), { ...small, winners: 2 }, 2, inputs);
    expect([...wins]).toEqual([1, 1, 1, 1, 1]);
  });

  test('is normalised by the statistics as they stand', () => {
    const tensors = handmade({ mean: [0.5, 0, 0.5], variance: [0.24, 0, 0.99] });
    const { score, wins } = tuningCurve(tensors, { ...small, homeostasis: 'normalise' }, 0, inputs);
    const expected = [-1, -1, -1, 0, 1];
    for (const [n, value] of expected.entries()) expect(score[n]).toBeCloseTo(value, 6);
    // Column 1 scores 10 * x-, column 2 scores 0.
    expect([...wins]).toEqual([0, 0, 0, 1, 1]);
  });

  test('is unboosted, though boosting decides who wins', () => {
    const config: NetworkConfig = { ...small, homeostasis: 'boost', boostStrength: 1 };
    const { score, wins } = tuningCurve(handmade({ duty: [0, 0, 1] }), config, 2, inputs);
    expect([...score]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
    // A share of e^-1 of its score is left against overlaps of 0.5 and more, yet not against none.
    expect([...wins]).toEqual([0, 0, 1, 0, 0]);
    const poor = tuningCurve(handmade({ duty: [0, 0, -1] }), config, 2, inputs);
    // e times 0.5 is more than 1.
    expect([...poor.wins]).toEqual([1, 1, 1, 1, 1]);
  });

  test('is helped by conscience where it won less than its share', () => {
    const config: NetworkConfig = { ...small, conscience: 0.6 };
    const { score, wins } = tuningCurve(handmade({ duty: [1, 1, 0] }), config, 2, inputs);
    expect([...score]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
    // 0.5 and 0.6 more are above 1.
    expect([...wins]).toEqual([1, 1, 1, 1, 1]);
  });

  test('takes several channels a row', () => {
    const two = handmade();
    // h = relu([x0 - x1, x1 - x0])
    two.set('encoder.0.weight', Float32Array.of(1, -1, -1, 1));
    const rows = Float32Array.of(1, 0, 0, 1, 1, 1, 0.75, 0, 0, 0.25);
    const { score, wins } = tuningCurve(two, { ...small, inputs: 2 }, 0, rows);
    expect([...score]).toEqual([1, 0, 0, 0.75, 0]);
    expect([...wins]).toEqual([1, 0, 0, 1, 0]);
    const map = tuningMap(two, { ...small, inputs: 2 }, rows);
    expect([...map.score.subarray(0, 5)]).toEqual([...score]);
    expect([...map.wins.subarray(0, 5)]).toEqual([...wins]);
    expect(() => tuningCurve(two, { ...small, inputs: 2 }, 0, inputs)).toThrow(/no rows of 2/);
  });
});

describe.each([
  { homeostasis: 'normalise', boostStrength: 0 },
  { homeostasis: 'boost', boostStrength: 3 },
  { homeostasis: 'none', boostStrength: 0 },
  { homeostasis: 'normalise', boostStrength: 0, conscience: 2, dutyRate: 0.01 },
] as const)('with %o', homeostasis => {
  test('every column scores and wins as in the engine, after some learning', async () => {
    const config: NetworkConfig = {
      ...defaultPreset.settings.network,
      ...homeostasis,
      encoder: [20, 30, 17],
      columns: 37,
      winners: 4,
    };
    const network = createCpuNetwork(config, initialState(config, 1));
    const wave = (step: number) => Math.sin(step / 7);
    await network.run(Float32Array.from({ length: 1000 }, (_, i) => wave(Math.ceil(i / 2))));
    network.setMode({ learning: false });
    const inputs = Float32Array.of(-0.9, -0.3, 0.05, 0.4, 0.7, 1.1);
    const { tensors } = await network.state();
    const curves = Array.from({ length: config.columns }, (_, j) => tuningCurve(tensors, config, j, inputs));
    const map = tuningMap(tensors, config, inputs);
    for (const [j, curve] of curves.entries()) {
      const row = [j * inputs.length, (j + 1) * inputs.length] as const;
      expect(map.score.subarray(...row)).toEqual(curve.score);
      expect(map.wins.subarray(...row)).toEqual(curve.wins);
    }
    for (const [n, input] of inputs.entries()) {
      const { winners } = await network.run(Float32Array.of(input, 0));
      const score = (await network.read(['activity.score'])).get('activity.score')!;
      for (const [j, curve] of curves.entries()) {
        expect(Math.abs(curve.score[n]! - score[j]!)).toBeLessThan(1e-4 * (1 + Math.abs(score[j]!)));
        expect(curve.wins[n]).toBe(winners.includes(j) ? 1 : 0);
      }
    }
  });
});
