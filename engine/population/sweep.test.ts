import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors.ts';
import { defaultPreset } from '../model/presets.ts';
import { settingPaths } from '../model/settings.ts';
import { membersOf, networkCount, parseSweepRange, planSweep, sweptParameters, valuesAt } from './sweep.ts';

const { settings } = defaultPreset;
const plan = (texts: string[], networks?: number) =>
  planSweep(settings, texts.map(parseSweepRange), networks);

describe('parseSweepRange', () => {
  it.each([
    [
      'learningRate=0.001:0.1:log',
      { path: 'learningRate', kind: 'range', from: 0.001, to: 0.1, scale: 'log' },
    ],
    ['memoryRate=1:10', { path: 'memoryRate', kind: 'range', from: 1, to: 10, scale: 'linear' }],
    [' errorClip = 0, 0.1,.3', { path: 'errorClip', kind: 'list', values: [0, 0.1, 0.3] }],
    ['seed', { path: 'seed', kind: 'seeds' }],
    ['seed=4', { path: 'seed', kind: 'list', values: [4] }],
  ])('reads %j', (text, expected) => expect(parseSweepRange(text)).toEqual(expected));

  it.each([
    ['columns=16:64', /columns: .*one shape.*learningRate/],
    ['unroll=1:4', /unroll: .*one shape/],
    ['optimizer=sgd,adam', /optimizer: .*one shape/],
    ['signal.period=10:50', /one signal/],
    ['speed=1:2', /no setting of this name/],
    ['constructor=1:2', /no setting of this name/],
    ['learningRate', /from where to where, as in learningRate=0.0001:1:log/],
    ['learningRate=', /"" is not a number/],
    ['learningRate=a:1', /"a" is not a number/],
    ['learningRate=1:2:cubic', /no range/],
    ['learningRate=1:2:log:5', /no range/],
    ['', /no setting/],
  ])('refuses %j and says why', (text, message) => {
    expect(() => parseSweepRange(text)).toThrow(ConfigError);
    expect(() => parseSweepRange(text)).toThrow(message);
  });

  it('gives a named error or a valid sweep, whatever is typed', () => {
    let valid = 0;
    const number = fc
      .oneof(
        { arbitrary: fc.double({ min: 0, max: 1 }), weight: 3 },
        { arbitrary: fc.integer({ min: 0, max: 100 }), weight: 2 },
        fc.double(),
        fc.string({ maxLength: 4 }),
      )
      .map(String);
    const values = fc
      .tuple(fc.array(number, { minLength: 1, maxLength: 5 }), fc.constantFrom(':', ',', ':log:'))
      .map(([parts, joint]) => parts.join(joint));
    const text = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom(...settingPaths, ...sweptParameters.map(p => p.path)), values)
        .map(parts => parts.join('=')),
      fc
        .tuple(fc.constantFrom('learningRate', 'warmup', 'seed'), number, number, fc.constantFrom('', ':log'))
        .map(([path, from, to, scale]) => `${path}=${from}:${to}${scale}`),
    );
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 1, max: 70 }),
        (texts, n) => {
          try {
            const sweep = plan(texts, n);
            valid++;
            expect(networkCount(sweep)).toBe(n);
            // Every value is one that a network takes: else this throws.
            expect(new Set(membersOf(settings, sweep).map(m => JSON.stringify(m))).size).toBe(n);
          } catch (error) {
            expect(error).toBeInstanceOf(ConfigError);
          }
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
    expect(valid).toBeGreaterThan(20);
  });
});

describe('planSweep', () => {
  it('spreads values evenly, or by equal ratios, from end to end', () => {
    expect(plan(['learningRate=0.001:0.1:log'], 5)).toEqual([
      { path: 'learningRate', values: [0.001, 0.003162, 0.01, 0.03162, 0.1] },
    ]);
    expect(plan(['memoryRate=1:10'], 4)[0]!.values).toEqual([1, 4, 7, 10]);
    expect(plan(['warmup=0:10'], 4)[0]!.values).toEqual([0, 3, 7, 10]);
    expect(plan(['seed'], 3)[0]!.values).toEqual([1, 2, 3]);
  });

  it('makes a grid of two settings, as square as it goes', () => {
    const sizes = (texts: string[], n?: number) => plan(texts, n).map(axis => axis.values.length);
    const two = ['learningRate=0.01:1:log', 'memoryRate=1:10'];
    expect(sizes(two)).toEqual([4, 4]);
    expect(sizes(two, 64)).toEqual([8, 8]);
    expect(sizes(two, 12)).toEqual([4, 3]);
    expect(sizes(['learningRate=0.01:1:log', 'seed=1,2,3'], 12)).toEqual([4, 3]);
    expect(sizes(['seed=1,2', 'errorClip=0,1,2'])).toEqual([2, 3]);
  });

  it.each([
    [['memoryRate=1:10'], 65, /networks: .*1 to 64/],
    [['memoryRate=1:10'], 1, /at least 2/],
    [['memoryRate=1:10', 'learningRate=1:2'], 7, /no grid/],
    [['memoryRate=1,2,3', 'learningRate=1:2'], 8, /use 6, 9 or another multiple of 3/],
    [['memoryRate=1,2,3'], 4, /make 3 networks, not 4/],
    [['memoryRate=1:2', 'memoryRate=1:3'], 4, /swept twice/],
    [['memoryRate=1:2', 'learningRate=1:3', 'seed'], 8, /one or two/],
    [['memoryRate=0:2:log'], 4, /above 0/],
    [['memoryRate=2:2'], 4, /no 4 different values/],
    [['warmup=0:2'], 4, /no 4 different values/],
    [['learningRate=1:20'], 4, /learningRate: must be at most 10/],
    [['warmup=0.5,1'], 2, /warmup: must be a whole number/],
  ])('refuses %j for %i networks', (texts, networks, message) => {
    expect(() => plan(texts, networks)).toThrow(ConfigError);
    expect(() => plan(texts, networks)).toThrow(message);
  });

  it('makes members row by row that differ in what is swept alone', () => {
    const sweep = plan(['learningRate=0.1,0.2', 'seed=5,6,7']);
    expect([0, 1, 3, 5].map(m => valuesAt(sweep, m))).toEqual([
      [0.1, 5],
      [0.1, 6],
      [0.2, 5],
      [0.2, 7],
    ]);
    const members = membersOf(settings, sweep);
    expect(members.map(m => [m.live.learningRate, m.seed])).toEqual(
      members.map((_, m) => valuesAt(sweep, m)),
    );
    const { learningRate, ...others } = members[0]!.live;
    for (const { live } of members) expect(live).toMatchObject(others);
    expect(learningRate).toBe(0.1);
  });

  it('offers the settings that a running network takes, with words for each', () => {
    expect(sweptParameters.map(p => p.path)).toContain('conscience');
    expect(sweptParameters.map(p => p.path)).not.toContain('columns');
    expect(sweptParameters.map(p => p.path)).not.toContain('signal.noise');
    expect(sweptParameters).toHaveLength(19);
  });
});
