import type { DataOrigin } from '../../engine/data/own-data.ts';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import type { Milestone, Summary } from '../../engine/measure/run-measure.ts';
import type { Settings } from '../../engine/model/config.ts';
import { parameters } from '../../engine/model/parameters.ts';
import { settingAt } from '../../engine/model/settings.ts';

/** A run as it is exported: what was set, and what was measured. */
export interface ExportedRun {
  name: string;
  settings: Settings;
  /** Of data of one's own; null for a wave. */
  data: DataOrigin | null;
  engine: 'gpu' | 'cpu';
  /** Steps done. */
  step: number;
  summary: Summary | null;
  history: { points: readonly HistoryPoint[]; width: number };
  milestones: readonly Milestone[];
  /** The last steps, oldest first; null where they are not kept. */
  steps: readonly ExportedStep[] | null;
}

export interface ExportedStep {
  /** Counted from 0. */
  step: number;
  /** The first channel of what the network was given. */
  input: number;
  /** What came next, and what was predicted, [inputs]. */
  target: readonly number[];
  prediction: readonly number[];
  loss: number;
  bursting: number;
  /** By descending score. */
  winners: readonly number[];
}

export type Cell = string | number | null;

/** Rows under a line of names; an empty cell is a value that is not known. */
export interface Table {
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

export const tableNames = ['settings', 'history', 'milestones', 'steps'] as const;
export type TableName = (typeof tableNames)[number];

/** The tables of `docs/exports.md`. */
export const tableOf: Record<TableName, (run: ExportedRun) => Table> = {
  settings: ({ name, engine, step, settings, data }) => ({
    columns: ['setting', 'value', 'unit', 'label'],
    rows: [
      ['run', name, '', 'Name'],
      ['engine', engine, '', 'Engine'],
      ['step', step, 'steps', 'Steps done'],
      ...parameters.map(parameter => {
        const value = settingAt(settings, parameter.path);
        const cell = typeof value === 'object' ? value.join(' ') : value;
        return [parameter.path, cell, 'unit' in parameter ? parameter.unit : '', parameter.label];
      }),
      ...(data ? [['data', data.name, '', 'File'] as const] : []),
      ...(data?.columns ?? []).flatMap(({ name, mean, reach }, i): Cell[][] => [
        [`data.${i + 1}.name`, name, '', `Channel ${i + 1}`],
        [`data.${i + 1}.mean`, mean, 'of the file', `Value 0 of channel ${i + 1}`],
        [`data.${i + 1}.reach`, reach, 'of the file', `1 of channel ${i + 1}`],
      ]),
    ],
  }),

  history: ({ history: { points, width } }) => ({
    columns: ['step', 'steps', 'loss', 'rmse', 'bursting', 'columns_in_use'],
    rows: points.map(({ step, loss, bursting, columns }) => [
      step,
      width,
      known(loss),
      known(Math.sqrt(loss)),
      known(bursting),
      known(columns),
    ]),
  }),

  milestones: ({ milestones }) => {
    const inputs = milestones[0]?.inputs ?? 1;
    return {
      columns: [
        'milestone',
        'rmse',
        'ratio',
        'step',
        ...channels('target', inputs),
        ...channels('prediction', inputs),
      ],
      rows: milestones.flatMap(({ step, summary, target, prediction }) =>
        rowsOf(target, inputs).map((row, i, all) => [
          step,
          known(summary.rmse),
          known(summary.ratio),
          step - all.length + i,
          ...row,
          ...rowsOf(prediction, inputs)[i]!,
        ]),
      ),
    };
  },

  steps: ({ steps }) => {
    const inputs = steps?.[0]?.target.length ?? 1;
    return {
      columns: [
        'step',
        'input_1',
        ...channels('target', inputs),
        ...channels('prediction', inputs),
        'loss',
        'bursting',
        'winners',
      ],
      rows: (steps ?? []).map(({ step, input, target, prediction, loss, bursting, winners }) => [
        step,
        known(input),
        ...target.map(known),
        ...prediction.map(known),
        known(loss),
        bursting,
        winners.join(' '),
      ]),
    };
  },
};

/** Names count channels from 1. */
const channels = (name: string, inputs: number): string[] =>
  Array.from({ length: inputs }, (_, i) => `${name}_${i + 1}`);

/** [rows, inputs], row by row. */
export const rowsOf = (values: Float32Array, inputs: number): (number | null)[][] =>
  Array.from({ length: values.length / inputs }, (_, r) =>
    Array.from(values.subarray(r * inputs, (r + 1) * inputs), known),
  );

/** Neither format has infinities, nor what is no number. */
export const known = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;
