import { expect, it } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { networkCount, sweptParameters } from '../../engine/population/sweep.ts';
import { firstExample, networkCounts, rangeFor, readForm, type SweepForm } from './sweep-form.ts';

const { settings } = defaultPreset;
const read = (changes: Partial<SweepForm>) => readForm({ ...firstExample, ...changes }, settings);
const problemsOf = (changes: Partial<SweepForm>) => Object.fromEntries(read(changes).problems ?? []);

it('has a first example that can be started as it stands', () => {
  const { sweep, problems } = read({});
  expect(problems).toBeNull();
  expect(sweep).toHaveLength(1);
  expect(sweep![0]!.values).toHaveLength(16);
  expect([sweep![0]!.values[0], sweep![0]!.values.at(-1)]).toEqual([0.01, 3]);
});

it('offers for each setting a range that can be swept, alone and with another', () => {
  for (const { path } of sweptParameters)
    for (const networks of networkCounts) {
      const second = rangeFor(path === 'errorClip' ? 'memoryRate' : 'errorClip');
      expect(networkCount(read({ first: rangeFor(path), networks }).sweep!)).toBe(networks);
      expect(networkCount(read({ first: rangeFor(path), second, networks }).sweep!)).toBe(networks);
    }
});

it('says at each field what is wrong with it', () => {
  const { first } = firstExample;
  expect(problemsOf({ first: { ...first, from: 'x', to: '11' }, steps: '0' })).toEqual({
    'first.from': expect.stringContaining('"x" is not a number'),
    'first.to': 'Must be at most 10.',
    steps: expect.stringContaining('1 to 1,000,000'),
  });
  expect(problemsOf({ steps: '' })).toHaveProperty('steps');
  expect(problemsOf({ first: { ...first, from: '0' } }).first).toMatch(/^Both ends of a log range/);
  const warmup = { path: 'warmup', from: '0', to: '2', scale: 'linear' } as const;
  expect(problemsOf({ second: warmup })).toEqual({
    second: expect.stringContaining('no 4 different values'),
  });
});
