import { describe, expect, test } from 'vitest';
import type { Milestone } from '../../engine/measure/run-measure.ts';
import { defaultPreset, presets } from '../../engine/model/presets.ts';
import { captionOf } from './picture.ts';
import { figuresOf, valueAxisOf } from './snapshot-plot.ts';

const { settings } = defaultPreset;

const milestone = (peak: number): Milestone => ({
  step: 4000,
  inputs: 1,
  summary: {
    step: 4000,
    steps: 1000,
    rmse: 0.00764,
    persistence: 0.0888,
    ratio: 0.086,
    columnsInUse: 65,
    entropy: 0.7,
    burstRate: 0.0156,
    accuracy: null,
  },
  target: Float32Array.of(0, peak, 0, -peak),
  prediction: new Float32Array(4),
});

describe('valueAxisOf', () => {
  test('is that of the signal, whatever was predicted', () => {
    expect(valueAxisOf(settings.signal, [milestone(1)])).toEqual(valueAxisOf(settings.signal, []));
  });

  test('is a raster for symbols alone', () => {
    expect(valueAxisOf(settings.signal, []).kind).toBe('wave');
    expect(valueAxisOf({ ...settings.signal, wave: 'highOrder' }, []).kind).toBe('raster');
  });

  test('holds a snapshot that was taken when the signal was larger', () => {
    expect(valueAxisOf(settings.signal, [milestone(1), milestone(2)]).bound).toBeGreaterThan(2);
  });
});

describe('figuresOf', () => {
  test('names error, ratio, columns and bursts', () => {
    expect(figuresOf(milestone(1), settings.network).map(f => `${f.value} ${f.label}`)).toEqual([
      '0.00764 RMSE',
      '0.086 of persistence',
      '65 of 256 columns used',
      '1.6% of winners burst',
    ]);
  });

  test('puts symbols that were right in the place of the error', () => {
    const taken = milestone(1);
    taken.summary.accuracy = { ambiguous: 0.996, predictable: 1 };
    expect(figuresOf(taken, settings.network)[0]).toMatchObject({ value: '99.6%', label: 'right on D or Y' });
    taken.summary.accuracy = { ambiguous: null, predictable: null };
    expect(figuresOf(taken, settings.network)[0]!.value).toBe('–');
  });

  test('has no ratio where there is nothing to compare with', () => {
    const taken = milestone(1);
    taken.summary.ratio = null;
    expect(figuresOf(taken, settings.network)[1]!.value).toBe('–');
  });
});

describe('captionOf', () => {
  test.each(presets)('knows preset $name', ({ label, settings }) => {
    expect(captionOf({ ...settings, seed: 7 })).toMatch(new RegExp(`^Preset ${label} · seed 7`));
  });

  test('says when settings were changed, and how noisy the signal is', () => {
    const changed = {
      ...settings,
      network: { ...settings.network, warmup: 100 },
      signal: { ...settings.signal, noise: 0.05 },
    };
    expect(captionOf(changed)).toBe('Preset Sine, 2 settings changed · seed 1 · period 50 · noise 0.05');
  });

  test('has no period where the signal has none', () => {
    const { settings } = presets.find(p => p.name === 'high-order')!;
    expect(captionOf(settings)).toBe('Preset High-order symbols · seed 1');
  });

  test('counts a single change as one', () => {
    const changed = { ...settings, network: { ...settings.network, warmup: 100 } };
    expect(captionOf(changed)).toContain('Preset Sine, 1 setting changed');
  });
});
