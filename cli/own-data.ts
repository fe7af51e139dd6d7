import { basename } from 'node:path';
import { type CsvTable, readCsv, requireCsvSize } from '../engine/data/csv.ts';
import { columnsNamed, firstChoice, type OwnData, ownData } from '../engine/data/own-data.ts';
import { readFile } from './read-file.ts';

/**
 * What `--data` and `--column` ask for.
 * @param columns as typed: names, or some between commas; the first column of numbers where none is named
 * @throws FileError for a file, or a column of it, that cannot be learned
 */
export function readOwnData(path: string, columns: readonly string[]): OwnData {
  const table = readCsv(readFile(path, requireCsvSize));
  const named = columns.flatMap(text => namesIn(text, table));
  // Without any usable column the first one tells what is wrong with it.
  const chosen = named.length > 0 ? columnsNamed(table, named) : [...firstChoice(table), 0].slice(0, 1);
  return ownData(basename(path), table, chosen);
}

/** A name may itself hold commas. */
function namesIn(text: string, table: CsvTable): string[] {
  const whole = [...table.columns.map(({ name }) => name), ...table.others].includes(text);
  return whole ? [text] : text.split(',').map(name => name.trim());
}
