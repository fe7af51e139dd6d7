import * as v from 'valibot';
import { ConfigError, FileError } from '../errors.ts';
import { parseSettings, type Settings, type SignalConfig } from '../model/config.ts';
import type { CsvTable } from './csv.ts';

const finite = v.pipe(v.number(), v.finite());

/** Where data came from, as a weights file says it beside them. */
export const DataOriginSchema = v.strictObject({
  /** Of the file. */
  name: v.pipe(v.string(), v.maxLength(200)),
  /** A value of the file is `mean + reach * value`. */
  columns: v.pipe(
    v.array(v.strictObject({ name: v.pipe(v.string(), v.maxLength(200)), mean: finite, reach: finite })),
    v.minLength(1),
    v.maxLength(64),
  ),
});

export type DataOrigin = v.InferOutput<typeof DataOriginSchema>;

/**
 * A person's own signal, each channel scaled to mean 0 and a largest magnitude of 1: so amplitude means its peak, as it
 * does of waves. After its last row it begins again.
 */
export interface OwnData extends DataOrigin {
  /** [rows, columns] */
  values: Float32Array;
}

export const rowCount = ({ values, columns }: OwnData): number => values.length / columns.length;

const mostColumns = 64;

/** What is learned of a table unless something is chosen: the first column that can be. */
export function firstChoice(table: CsvTable): number[] {
  const first = table.columns.findIndex(column => column.problem === null);
  return first < 0 ? [] : [first];
}

/**
 * Indices of the columns of these names, in the order of the names.
 * @throws FileError for a name that no column of numbers has
 */
export function columnsNamed(table: CsvTable, names: readonly string[]): number[] {
  const offered = `Choose of: ${table.columns.map(column => column.name).join(', ')}.`;
  return names.map(name => {
    const index = table.columns.findIndex(column => column.name === name);
    if (index >= 0) return index;
    throw new FileError(
      table.others.includes(name)
        ? `"${name}" holds text, not numbers. ${offered}`
        : `The file has no column "${name}". ${offered}`,
    );
  });
}

/** A new run's settings, made to learn `data`. @throws ConfigError when the rest does not go with that */
export function settingsForData({ network, signal, seed }: Settings, data: OwnData): Settings {
  return parseSettings({
    network: { ...network, inputs: data.columns.length },
    signal: { ...signal, wave: 'data', amplitude: 1 },
    seed,
  });
}

/**
 * The chosen columns of a table as a signal.
 * @param chosen indices into the table's columns of numbers
 * @throws FileError for a value that is missing, or a column that never changes
 */
export function ownData(name: string, table: CsvTable, chosen: readonly number[]): OwnData {
  if (chosen.length === 0 || chosen.length > mostColumns)
    throw new FileError(
      `${chosen.length} columns are chosen. Choose at least one, and at most ${mostColumns}.`,
    );
  const values = new Float32Array(table.rows * chosen.length);
  const columns = chosen.map((index, channel) => {
    const { name: column, values: found, problem } = table.columns[index]!;
    if (problem) throw new FileError(problem);
    const mean = found.reduce((sum, value) => sum + value / found.length, 0);
    const reach = found.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
    if (!Number.isFinite(reach))
      throw new FileError(
        `The values of "${column}" are too large to be computed with. Scale them down, or choose another column.`,
      );
    // Rounding leaves a little where all are the same.
    if (reach <= 1e-12 * Math.abs(mean))
      throw new FileError(`"${column}" has the same value in every row. Choose a column that changes.`);
    found.forEach((value, row) => {
      values[row * chosen.length + channel] = (value - mean) / reach;
    });
    return { name: column, mean, reach };
  });
  return { name: name.slice(0, 200), columns, values };
}

/** Its rows, one after the other. */
export class DataSource {
  readonly #data: OwnData;
  #row: number;

  /** @throws ConfigError when there are no data, or not as many channels of it as inputs */
  constructor(data: OwnData | undefined, inputs: number, position: number) {
    if (!data) throw new ConfigError('signal.wave', 'needs data of your own; load a CSV file as the signal');
    if (data.columns.length !== inputs)
      throw new ConfigError(
        'inputs',
        `must be ${data.columns.length}, for so many columns of data were chosen`,
      );
    this.#data = data;
    this.#row = position % rowCount(data);
  }

  advance(): void {
    this.#row = (this.#row + 1) % rowCount(this.#data);
  }

  value({ amplitude }: SignalConfig, channel: number, inputs: number): number {
    return amplitude * this.#data.values[this.#row * inputs + channel]!;
  }

  /** The stream's position tells the row. */
  state(): undefined {}
}
