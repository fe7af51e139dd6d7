import { describe, expect, it } from 'vitest';
import type { Settings } from '../../engine/model/config.ts';
import { presets } from '../../engine/model/presets.ts';
import { withSetting } from '../../engine/model/settings.ts';
import type { RunRecord } from '../storage/record.ts';
import { curveOf } from './curves.ts';
import { differencesOf } from './differences.ts';
import { overlay } from './overlay.ts';

const settingsOf = (name: string) => presets.find(p => p.name === name)!.settings;

describe('what differs', () => {
  it('is named by label and told in a person’s words, and nothing else is', () => {
    const changed = withSetting(settingsOf('two-sines'), 'seed', 3);
    const run = (
      settings: Settings,
      data: RunRecord['data'] = null,
      engine: RunRecord['engine'] = 'cpu',
    ) => ({
      settings,
      data,
      engine,
    });
    expect(differencesOf([settingsOf('sine'), changed, settingsOf('sine')].map(s => run(s)))).toEqual([
      { path: 'signal.wave', label: 'Wave', values: ['Sine', 'Two sines', 'Sine'] },
      { path: 'seed', label: 'Seed', values: ['1', '3', '1'] },
    ]);
    const same = settingsOf('sine');
    expect(differencesOf([run(same), run(same)])).toEqual([]);
    // Two files of one name, and no file.
    const data = (mean: number) => ({ name: 'a.csv', columns: [{ name: 'x', mean, reach: 1 }] });
    expect(differencesOf([run(same, data(1)), run(same, data(2), 'gpu'), run(same)])).toEqual([
      { path: 'data', label: 'Own data', values: ['a.csv: x', 'a.csv: x', '–'] },
      { path: 'engine', label: 'Engine', values: ['CPU', 'GPU', 'CPU'] },
    ]);
  });
});

it('a long run’s curve begins at its milestones, before its first stretch has ended', () => {
  const milestone = (step: number, rmse: number) => ({ step, summary: { rmse } });
  const history = {
    width: 4096,
    points: [0.04, 0.01].map((loss, i) => ({ step: 4096 * (i + 1), loss, bursting: 0, columns: 9 })),
  };
  const milestones = [milestone(4000, 0.4), milestone(1000, 0.5), milestone(1000, 0.6), milestone(5000, 9)];
  const run = { history, milestones, settings: settingsOf('sine') } as unknown as RunRecord;
  expect(curveOf(run)).toEqual([
    { step: 1000, rmse: 0.6 },
    { step: 4000, rmse: 0.4 },
    { step: 4096, rmse: 0.2 },
    { step: 8192, rmse: 0.1 },
  ]);
});

describe('curves laid over each other', () => {
  it('share their steps, and have no error where they have no steps', () => {
    const a = [
      { step: 100, rmse: 1 },
      { step: 300, rmse: 0.01 },
    ];
    const b = [
      { step: 200, rmse: 0.5 },
      { step: 400, rmse: 0.25 },
    ];
    const rows = overlay([a, b, []]);
    expect(rows.map(row => row.step)).toEqual([100, 200, 300, 400]);
    // Half-way between 1 and 0.01, as a logarithmic axis shows it.
    expect(rows.map(row => row.errors[0]?.toFixed(6) ?? null)).toEqual([
      '1.000000',
      '0.100000',
      '0.010000',
      null,
    ]);
    expect(rows.map(row => row.errors[1]?.toFixed(3) ?? null)).toEqual([null, '0.500', '0.354', '0.250']);
    expect(rows.every(row => row.errors[2] === null)).toBe(true);
    expect(overlay([])).toEqual([]);
  });

  it('keep to a few hundred rows, and to their ends', () => {
    const curve = (every: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({ step: every * (i + 1), rmse: 1 / (i + 1) }));
    const curves = [curve(64, 250), curve(100, 299), curve(7, 280)];
    const rows = overlay(curves);
    expect(rows.length).toBeLessThanOrEqual(310);
    expect(rows.length).toBeGreaterThan(100);
    for (const [i, c] of curves.entries()) {
      const end = c.at(-1)!;
      expect(rows.find(row => row.step === end.step)!.errors[i]).toBe(end.rmse);
    }
  });
});
