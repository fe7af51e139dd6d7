import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSettings, type Settings } from '../../engine/model/config.ts';
import { parameters } from '../../engine/model/parameters.ts';
import { defaultPreset, presets } from '../../engine/model/presets.ts';
import { settingPaths, withSetting } from '../../engine/model/settings.ts';
import { pageParameters, readAddress, writeAddress } from './address.ts';

const named = (search: string) => {
  const { preset, settings, problems } = readAddress(search);
  return {
    preset: preset.name,
    settings,
    problems: problems.map(p => `${p.parameter}=${p.value}: ${p.reason}`),
  };
};
const written = (settings: Settings) => writeAddress(settings, '', []);

describe('an address', () => {
  it('asks for the default where it says nothing', () => {
    const { engine, view, preset, settings, problems } = readAddress('');
    expect([engine, view, preset]).toEqual(['auto', 'training', defaultPreset]);
    expect([settings, problems]).toEqual([defaultPreset.settings, []]);
    expect(readAddress('').milestones).toEqual([1000, 4000, 10000]);
    expect(readAddress('?utm_source=post&fbclid=1').problems).toEqual([]);
  });

  it('gives the engine, the preset and what differs from it', () => {
    const address = readAddress(
      '?engine=cpu&driver=loop&view=inside&preset=two-sines&learningRate=0.5&signal.period=40&encoder=128,64&seed=7&embed&milestones=2000,500&v=1',
    );
    expect(address.problems).toEqual([]);
    expect(address.engine).toBe('cpu');
    expect(address.driver).toBe('loop');
    expect(address.view).toBe('inside');
    expect(address.milestones).toEqual([500, 2000]);
    expect(address.preset.name).toBe('two-sines');
    const { network, signal } = presets.find(p => p.name === 'two-sines')!.settings;
    expect(address.settings).toEqual({
      network: { ...network, learningRate: 0.5, encoder: [128, 64] },
      signal: { ...signal, period: 40 },
      seed: 7,
    });
  });

  it('uses what it can, and names all that it ignores', () => {
    const { preset, settings, problems } = named(
      '?engine=tpu&view=outside&preset=constructor&learningRate=fast&learningrate=1&winners=300&seed=2&seed=3&signal.wave=saw&encoder=0&milestones=1.5',
    );
    expect(preset).toBe('sine');
    expect(settings).toEqual({ ...defaultPreset.settings, seed: 2 });
    expect(problems).toHaveLength(10);
    const all = problems.join('\n');
    expect(all).toMatch(/^engine=tpu: .*auto, gpu, cpu$/m);
    expect(all).toMatch(/^view=outside: there is no such view, but training, inside, runs, sweep$/m);
    expect(all).toMatch(/^preset=constructor: .*sine/m);
    expect(all).toMatch(/^milestones=1.5: must be whole numbers/m);
    expect(all).toMatch(/^learningRate=fast: .*not a number/m);
    expect(all).toMatch(/^learningrate=1: there is no such setting$/m);
    expect(all).toMatch(/^winners=300: must not exceed the number of columns, 256$/m);
    expect(all).toMatch(/^seed=3: given twice/m);
    expect(all).toMatch(/^signal.wave=saw: .*sine/m);
    expect(all).toMatch(/^encoder=0: has a layer whose size must be at least 1$/m);
  });

  it('takes values together that could not be taken one by one', () => {
    const { settings, problems } = named(
      '?winners=400&columns=512&signal.wave=highOrder&signal.endings=swapped',
    );
    expect(problems).toEqual([]);
    expect([settings.network.winners, settings.network.columns, settings.network.inputs]).toEqual([
      400, 512, 6,
    ]);
    expect(named('?columns=3').problems).toEqual([
      'columns=3: does not go with winners 5, which must not exceed the number of columns, 3',
    ]);
  });

  it('of another version is not guessed at', () => {
    const { settings, problems } = named('?v=2&preset=two-sines&seed=5');
    expect(settings).toBe(defaultPreset.settings);
    expect(problems).toEqual([expect.stringMatching(/^v=2: .*version 1.*preset, seed/)]);
  });

  it('of a megabyte is refused whole', () => {
    const { settings, problems } = readAddress(`?seed=5&${'columns=64&'.repeat(100_000)}`);
    expect(settings).toBe(defaultPreset.settings);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.value.length).toBeLessThan(100);
    expect(problems[0]!.reason).toContain('1100008 characters');
  });

  it('says only what differs, and keeps how the page runs', () => {
    expect(written(defaultPreset.settings)).toBe('');
    for (const { name, settings } of presets.slice(1)) expect(written(settings)).toBe(`?preset=${name}&v=1`);
    const changed = withSetting(withSetting(defaultPreset.settings, 'encoder', [64, 32]), 'seed', 9);
    const search = '?engine=cpu&embed&milestones=5&preset=boosting&learningRate=2&utm_source=x&oops=1';
    expect(writeAddress(changed, search, pageParameters)).toBe(
      '?engine=cpu&embed&milestones=5&preset=sine&encoder=64,32&seed=9&v=1',
    );
  });
});

/** Any value that a control could be set to, and many that none can. */
const value = fc.oneof(
  fc.double().map(String),
  fc.integer().map(String),
  fc.array(fc.nat(5000), { maxLength: 6 }).map(String),
  fc.constantFrom('', 'NaN', '-Infinity', '1e999', '0x10', '__proto__', 'highOrder', 'sine', 'adam', 'boost'),
  fc.string({ unit: 'binary', maxLength: 120 }),
);
const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...settingPaths, 'preset', 'engine', 'driver', 'v', 'embed', 'milestones'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'signal', 'network.columns', 'toString'),
  },
);
const queries = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.tuple(name, value), { maxLength: 12 })
      .map(entries => `?${entries.map(([n, v]) => `${n}=${encodeURIComponent(v)}`).join('&')}`),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
);

/** Settings that a run can have, reached by changes that were each accepted. */
const reachable = fc
  .tuple(
    fc.constantFrom(...presets),
    fc.array(fc.tuple(fc.constantFrom(...parameters), fc.double({ min: 0, max: 1, noNaN: true })), {
      maxLength: 8,
    }),
  )
  .map(([{ settings: preset }, changes]) =>
    changes.reduce((settings, [parameter, share]) => {
      try {
        if (parameter.kind === 'sizes')
          return withSetting(settings, parameter.path, [1 + Math.floor(share * 500), 7]);
        if (parameter.kind === 'choice') {
          // Data of one's own are not in addresses: see below.
          const options = parameter.options.filter(({ value }) => value !== 'data');
          const option = options[Math.min(options.length - 1, Math.floor(share * options.length))]!;
          return withSetting(settings, parameter.path, option.value);
        }
        const at = parameter.least + share * (parameter.most - parameter.least);
        return withSetting(settings, parameter.path, Number.isInteger(parameter.step) ? Math.round(at) : at);
      } catch {
        return settings;
      }
    }, preset),
  );

describe('any address at all', () => {
  it('gives valid settings, or names what it ignored: 10,000 of them', () => {
    fc.assert(
      fc.property(queries, search => {
        const { settings, problems, preset, engine, milestones } = readAddress(search);
        const steps =
          milestones.length > 0 && milestones.every(step => Number.isSafeInteger(step) && step > 0);
        const known = steps && presets.includes(preset) && ['auto', 'gpu', 'cpu'].includes(engine);
        const named = problems.every(({ reason }) => /\w/.test(reason));
        // Those of a preset as they are need no second look.
        if (settings === preset.settings) return known && named;
        const valid = isDeepStrictEqual(parseSettings(settings), settings);
        // What it says once it is understood is understood again, without a word.
        const again = readAddress(written(settings));
        return (
          known &&
          named &&
          valid &&
          again.problems.length === 0 &&
          isDeepStrictEqual(again.settings, settings)
        );
      }),
      { numRuns: 10_000 },
    );
  });

  it('brings the same run back, whatever its settings', () => {
    fc.assert(
      fc.property(reachable, settings => {
        const { settings: read, problems } = readAddress(written(settings));
        expect(problems).toEqual([]);
        expect(read).toEqual(settings);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out a wave of one’s own data, and says so', () => {
    const { settings } = defaultPreset;
    const own = {
      network: { ...settings.network, inputs: 3 },
      signal: { ...settings.signal, wave: 'data' },
      seed: 5,
    };
    const read = readAddress(written(parseSettings(own)));
    expect(read.settings).toEqual({ ...own, signal: settings.signal });
    expect(read.problems).toMatchObject([
      { parameter: 'signal.wave', reason: expect.stringMatching(/cannot hold your own data/) },
    ]);
  });
});
