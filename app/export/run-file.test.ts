import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../engine/measure/run-measure.ts';
import { parseSettings } from '../../engine/model/config.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import { settingPaths } from '../../engine/model/settings.ts';
import { runAsCsv, runAsJson, runFile } from './run-file.ts';
import { type ExportedRun, tableNames } from './run-tables.ts';

const { settings } = defaultPreset;
const summary: Summary = {
  step: 2,
  steps: 2,
  rmse: 0.5,
  persistence: 1,
  ratio: 0.5,
  columnsInUse: 4,
  entropy: 1,
  burstRate: 0.25,
  accuracy: null,
};
const run: ExportedRun = {
  name: '=HYPERLINK("http://x")',
  settings: parseSettings({ ...settings, network: { ...settings.network, inputs: 2 } }),
  data: { name: 'tides.csv', columns: [{ name: '=a', mean: 3, reach: 0.5 }] },
  engine: 'cpu',
  step: 2,
  summary,
  history: {
    width: 1,
    points: [
      { step: 1, loss: 0.25, bursting: 2, columns: Number.NaN },
      { step: 2, loss: Infinity, bursting: 1, columns: 4 },
    ],
  },
  milestones: [
    {
      step: 2,
      summary,
      inputs: 2,
      target: new Float32Array([1, -2, 3, -4]),
      prediction: new Float32Array([0.5, 0, Number.NaN, 1]),
    },
  ],
  steps: [
    { step: 0, input: -0.5, target: [1, -2], prediction: [0.5, 0], loss: 0.25, bursting: 2, winners: [3, 1] },
    {
      step: 1,
      input: 1,
      target: [3, -4],
      prediction: [Number.NaN, 1],
      loss: Number.NaN,
      bursting: 1,
      winners: [2, 0],
    },
  ],
};

const read = (text: string): string[][] => Papa.parse<string[]>(text).data;

describe('a run as CSV', () => {
  it('is a table of the error history, empty where nothing is known', () => {
    expect(read(runAsCsv(run, 'history'))).toEqual([
      ['step', 'steps', 'loss', 'rmse', 'bursting', 'columns_in_use'],
      ['1', '1', '0.25', '0.5', '2', ''],
      ['2', '1', '', '', '1', '4'],
    ]);
  });

  it('is a table of the steps up to each milestone', () => {
    expect(read(runAsCsv(run, 'milestones'))).toEqual([
      ['milestone', 'rmse', 'ratio', 'step', 'target_1', 'target_2', 'prediction_1', 'prediction_2'],
      ['2', '0.5', '0.5', '0', '1', '-2', '0.5', '0'],
      ['2', '0.5', '0.5', '1', '3', '-4', '', '1'],
    ]);
  });

  it('is a table of the last steps', () => {
    expect(read(runAsCsv(run, 'steps'))).toEqual([
      [
        'step',
        'input_1',
        'target_1',
        'target_2',
        'prediction_1',
        'prediction_2',
        'loss',
        'bursting',
        'winners',
      ],
      ['0', '-0.5', '1', '-2', '0.5', '0', '0.25', '2', '3 1'],
      ['1', '1', '3', '-4', '', '1', '', '1', '2 0'],
    ]);
  });

  it('is a table of all settings, in which a name is never a formula', () => {
    const rows = read(runAsCsv(run, 'settings'));
    expect(rows.slice(1, 4).map(row => row.slice(0, 2))).toEqual([
      ['run', `'${run.name}`],
      ['engine', 'cpu'],
      ['step', '2'],
    ]);
    expect(rows.slice(4).map(([path]) => path)).toEqual(expect.arrayContaining([...settingPaths]));
    expect(rows.slice(-4).map(row => row.slice(0, 2))).toEqual([
      ['data', 'tides.csv'],
      ['data.1.name', "'=a"],
      ['data.1.mean', '3'],
      ['data.1.reach', '0.5'],
    ]);
    expect(rows.find(([path]) => path === 'encoder')?.[1]).toBe(settings.network.encoder.join(' '));
  });

  it.each(tableNames)('has the names of its columns when there are no %s', name => {
    const empty = { ...run, history: { points: [], width: 1 }, milestones: [], steps: null };
    const rows = read(runAsCsv(empty, name));
    expect(rows[0]!.length).toBeGreaterThan(3);
    for (const row of rows) expect(row).toHaveLength(rows[0]!.length);
  });
});

it('as JSON, a run has everything, with null for what is no number', () => {
  const read = JSON.parse(runAsJson(run));
  expect(read).toMatchObject({
    format: 'deephtm-run-1',
    name: run.name,
    settings: run.settings,
    data: run.data,
    summary,
    step: 2,
  });
  expect(read.history.points).toEqual([
    { step: 1, loss: 0.25, bursting: 2, columns: null },
    { step: 2, loss: null, bursting: 1, columns: 4 },
  ]);
  expect(read.milestones[0]).toMatchObject({
    target: [
      [1, -2],
      [3, -4],
    ],
    prediction: [
      [0.5, 0],
      [null, 1],
    ],
  });
  expect(read.steps[1]).toMatchObject({ prediction: [null, 1], loss: null, winners: [2, 0] });
});

it('files are named after the run and the table', async () => {
  expect(runFile(run, 'json', 'deephtm-sine-2').name).toBe('deephtm-sine-2.json');
  const { name, blob } = runFile(run, 'history', 'deephtm-sine-2');
  expect(name).toBe('deephtm-sine-2-history.csv');
  expect(await blob.text()).toBe(runAsCsv(run, 'history'));
});
