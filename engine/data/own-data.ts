import * as v from 'valibot';
import { FileError } from '../errors.ts';
import type { CsvTable } from './csv.ts';

const finite = v.pipe(v.number(), v.finite());

/** Where data came from, as a weights file says it beside them. */
export const DataOriginSchema = v.strictObject({
  /** Of the file. */
  name: v.pipe(v.string(), v.maxLength(200)),
  /** A value of the file is `mean + deviation * value`. */
  columns: v.pipe(
    v.array(v.strictObject({ name: v.pipe(v.string(), v.maxLength(200)), mean: finite, deviation: finite })),
    v.minLength(1),
    v.maxLength(64),
  ),
});

export type DataOrigin = v.InferOutput<typeof DataOriginSchema>;

/** A person's own signal, scaled so that each channel has mean 0 and standard deviation 1. After its last row it begins again. */
export interface OwnData extends DataOrigin {
  /** [rows, columns] */
  values: Float32Array;
}

export const rowCount = ({ values, columns }: OwnData): number => values.length / columns.length;

const mostColumns = 64;

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
    const deviation = Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2 / found.length, 0));
    if (!Number.isFinite(deviation) || !Number.isFinite(mean))
      throw new FileError(
        `The values of "${column}" are too large to be computed with. Scale them down, or choose another column.`,
      );
    // Rounding leaves a little where all are the same.
    if (deviation <= 1e-12 * Math.abs(mean) || deviation === 0)
      throw new FileError(`"${column}" has the same value in every row. Choose a column that changes.`);
    found.forEach((value, row) => {
      values[row * chosen.length + channel] = (value - mean) / deviation;
    });
    return { name: column, mean, deviation };
  });
  return { name: name.slice(0, 200), columns, values };
}
