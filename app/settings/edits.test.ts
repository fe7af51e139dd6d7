import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseSettings, type Settings } from '../../engine/model/config.ts';
import { parameters, parseSettingText } from '../../engine/model/parameters.ts';
import { defaultPreset, presets } from '../../engine/model/presets.ts';
import { settingAt, withSetting } from '../../engine/model/settings.ts';
import { changesBetween, refusalOf, valueLabel, valueText } from './edits.ts';

const { settings } = defaultPreset;
const withNetwork = (network: Partial<Settings['network']>): Settings =>
  parseSettings({ ...settings, network: { ...settings.network, ...network } });

describe('valueText', () => {
  it('reads back as the value', () => {
    for (const { path } of parameters) {
      const value = settingAt(settings, path);
      expect(parseSettingText(path, valueText(value))).toEqual(value);
    }
    expect(valueText(1e-8)).toBe('1e-8');
    expect(valueText([256, 128])).toBe('256, 128');
  });
});

test('valueLabel gives a choice by its label', () => {
  expect(valueLabel('readout', 'active')).toBe('Active cells');
  expect(valueLabel('signal.wave', 'twoSines')).toBe('Two sines');
  expect(valueLabel('winners', 5)).toBe('5');
});

describe('refusalOf', () => {
  it('is null for what is accepted, also beyond the slider', () => {
    expect(refusalOf(settings, 'learningRate', '0.5')).toBeNull();
    expect(refusalOf(settings, 'signal.period', '5000')).toBeNull();
  });

  test.each([
    ['learningRate', 'abc', '"abc" is not a number; write it like 0.05.'],
    ['learningRate', '-1', 'Must be at least 0.'],
    ['winners', '300', 'Must not exceed the number of columns, 256.'],
    ['decoder', '64, 5000', 'Layer 2 must be at most 4096.'],
    ['decoder', '1, 1, 1, 1, 1', 'Must have at most 4 layers.'],
    ['signal.period', '1', 'Must be at least 2.'],
    ['seed', '1.5', 'Must be a whole number.'],
  ])('%s = "%s": %s', (path, text, message) => expect(refusalOf(settings, path, text)).toBe(message));

  it('names the other setting that is in the way', () => {
    expect(refusalOf(withNetwork({ winners: 40 }), 'columns', '32')).toBe(
      'Winners, now 40, must not exceed the number of columns, 32. Change it first.',
    );
    expect(refusalOf(withNetwork({ winners: 256 }), 'winnerActivation', 'thresholded')).toMatch(
      /^Winners, now 256, must be below the number of columns, 256/,
    );
  });
});

describe('changesBetween', () => {
  const network = fc
    .record({ columns: fc.integer({ min: 1, max: 4096 }), thresholded: fc.boolean() })
    .chain(({ columns, thresholded }) =>
      fc.record({
        columns: fc.constant(columns),
        cellsPerColumn: fc.integer({ min: 1, max: Math.min(64, Math.floor(32768 / columns)) }),
        winners: fc.integer({ min: 1, max: Math.min(1024, columns) }),
        winnerActivation: fc.constantFrom('linear' as const, thresholded ? 'thresholded' : 'linear'),
        learningRate: fc.constantFrom(0.01, 0.02),
      }),
    )
    .filter(n => n.winnerActivation === 'linear' || n.winners < n.columns)
    .map(withNetwork);

  const follow = (from: Settings, to: Settings): Settings =>
    changesBetween(from, to).reduce((s, { path, value }) => withSetting(s, path, value), from);

  it('leads from any settings to any others, every step of it accepted', () => {
    fc.assert(
      fc.property(network, network, (from, to) => {
        expect(follow(from, to)).toEqual(to);
      }),
    );
  });

  it('leads from each preset to each other', () => {
    for (const a of presets)
      for (const b of presets) expect(follow(a.settings, b.settings)).toEqual(b.settings);
  });

  it('leads to and from symbols whatever the number of channels', () => {
    const ofWave = (wave: Settings['signal']['wave'], inputs: number): Settings => ({
      ...settings,
      signal: { ...settings.signal, wave },
      network: { ...settings.network, inputs },
    });
    const symbols = ofWave('highOrder', 6);
    for (const inputs of [1, 3, 6]) {
      expect(follow(symbols, ofWave('sine', inputs))).toEqual(ofWave('sine', inputs));
      expect(follow(ofWave('sine', inputs), symbols)).toEqual(symbols);
    }
  });

  it('is empty between equal settings', () => {
    expect(changesBetween(settings, structuredClone(settings))).toEqual([]);
  });
});
