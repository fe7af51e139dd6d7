import Papa from 'papaparse';
import { FileError } from '../errors.ts';
import { countValues } from './csv-rows.ts';

/** Larger files are refused before they are read, larger tables while they are. */
export const mostCsvBytes = 20e6;
export const mostCsvRows = 1_000_000;
/** In all columns of numbers. */
export const mostCsvNumbers = 5_000_000;

/** A column of numbers. */
export interface CsvColumn {
  /** Of the header, or `column 3`. */
  readonly name: string;
  /** One for each row; NaN where `problem` is the first that is none. */
  readonly values: Float64Array;
  /** What is wrong with it as a signal, and what to do; null when nothing is. */
  readonly problem: string | null;
}

export interface CsvTable {
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  readonly hasHeader: boolean;
  readonly rows: number;
  /** Those with numbers in them, in the order of the file. */
  readonly columns: readonly CsvColumn[];
  /** Names of those that hold text. */
  readonly others: readonly string[];
}

/** In the order in which they are preferred: a comma may be a decimal one. */
const delimiters = [';', '\t', '|', ','] as const;
const names: Record<string, string> = { ';': 'semicolons', '\t': 'tabs', '|': 'bars', ',': 'commas' };

/** @param bytes of a file, before it is read @throws FileError for too many */
export function requireCsvSize(bytes: number): void {
  if (bytes > mostCsvBytes)
    throw new FileError(
      `The file has ${(bytes / 1e6).toFixed(1)} MB; at most ${mostCsvBytes / 1e6} MB are read. Keep fewer rows or columns.`,
    );
}

const shown = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * Reads a file of comma-separated values, or of values between semicolons, tabs or bars; then the decimal sign may be a
 * comma. The first line is a header where it has a word over a number.
 * @throws FileError that says the line and what to do
 */
export function readCsv(bytes: Uint8Array): CsvTable {
  requireCsvSize(bytes.length);
  const text = decode(bytes);
  const opening = firstLines(text, 2);
  if (opening.length === 0)
    throw new FileError('The file is empty. Choose one with a row of numbers for each step.');
  const delimiter = delimiterOf(opening);
  // Where lines end with both, the first is a blank at the end of a value.
  const newline = text.includes('\n') ? '\n' : '\r';
  const reader = new RowReader(delimiter, countValues(text, delimiter, newline));
  Papa.parse<string[]>(text, {
    delimiter,
    newline,
    // Its fast mode holds every line at once.
    fastMode: false,
    step: ({ data, errors }, parser) => {
      if (!reader.add(data, errors[0]?.message)) parser.abort();
    },
  });
  if (reader.problem) throw new FileError(reader.problem);
  return reader.table();
}

function decode(bytes: Uint8Array): string {
  try {
    // Leaves out a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileError('The file is not text in UTF-8. Save it as "CSV UTF-8", or choose another file.');
  }
}

/** The first lines that are not blank, without what stands in quotation marks: that may hold anything. */
const firstLines = (text: string, count: number): string[] =>
  text
    .slice(0, 100_000)
    .replace(/"[^"]*"/g, '""')
    .split(/[\r\n]+/)
    .filter(line => line.trim() !== '')
    .slice(0, count);

/** What stands between values in each of the lines; a semicolon where nothing does, so that 1,5 can be one number. */
function delimiterOf(lines: readonly string[]): string {
  let best: string = ';';
  let most = 0;
  for (const delimiter of delimiters) {
    const least = Math.min(...lines.map(line => line.split(delimiter).length - 1));
    if (least > most) {
      most = least;
      best = delimiter;
    }
  }
  return best;
}

const pointNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const commaNumber = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i;

/** @returns NaN for what is no number */
function numberOf(cell: string, decimal: '.' | ','): number {
  const text = decimal === ',' ? cell.replace(',', '.') : cell;
  return pointNumber.test(text) ? Number(text) : Number.NaN;
}

/** Takes in rows one by one, so that no more than their numbers is held. */
class RowReader {
  problem: string | null = null;
  readonly #delimiter: string;
  /** Values of the whole file, text and blank lines among them. */
  readonly #values: number;
  #decimal: '.' | ',' = '.';
  /** Lines of the file taken in. */
  #lines = 0;
  #width = 0;
  #firstRow: readonly string[] | null = null;
  #header: readonly string[] | null = null;
  /** Rows of numbers. */
  #rows = 0;
  readonly #columns: ColumnReader[] = [];

  constructor(delimiter: string, values: number) {
    this.#delimiter = delimiter;
    this.#values = values;
  }

  /** @returns whether to go on */
  add(cells: readonly string[], complaint: string | undefined): boolean {
    const line = this.#lines + 1;
    for (const cell of cells) if (cell.includes('\n')) this.#lines += cell.split('\n').length - 1;
    this.#lines++;
    if (complaint) return this.#refuse(line, `cannot be read (${complaint}). Correct its quotation marks`);
    if (this.#lines > 2 * mostCsvRows)
      return this.#refuse(line, `is beyond the ${2 * mostCsvRows} lines that are read. Keep fewer`);
    if (cells.every(cell => cell.trim() === '') && cells.length <= 1) return true;
    const row = cells.map(cell => cell.trim());
    if (this.#width === 0) {
      this.#width = row.length;
      this.#firstRow = row;
      return true;
    }
    if (row.length !== this.#width)
      return this.#refuse(
        line,
        `has ${row.length} ${row.length === 1 ? 'value' : 'values'} between ${names[this.#delimiter]}, and those before it have ${this.#width}. Make them equal`,
      );
    if (this.#firstRow) this.#judgeFirst(this.#firstRow, row);
    return this.#take(row, line);
  }

  #refuse(line: number, why: string): false {
    this.problem = `Line ${line} ${why}, and load the file again.`;
    return false;
  }

  /** Whether the first row is a header can only be told from the second. */
  #judgeFirst(first: readonly string[], second: readonly string[]): void {
    this.#firstRow = null;
    const comma = this.#delimiter !== ',' && [...first, ...second].some(cell => commaNumber.test(cell));
    this.#decimal = comma ? ',' : '.';
    const isNumber = (cell: string) => !Number.isNaN(numberOf(cell, this.#decimal));
    const heads = first.some((cell, i) => cell !== '' && !isNumber(cell) && isNumber(second[i]!));
    if (heads) this.#header = first;
    for (let i = 0; i < this.#width; i++) this.#columns.push(new ColumnReader(heads ? first[i]! : '', i));
    // Its line is that of the file's first row; blank lines before it do not matter to what is said of it.
    if (!heads) this.#take(first, 1);
  }

  #take(row: readonly string[], line: number): boolean {
    if (this.#rows === mostCsvRows)
      return this.#refuse(line, `is beyond the ${mostCsvRows} rows that are read. Keep fewer`);
    if (this.#rows === judged && !this.#makeRoom()) return false;
    this.#rows++;
    for (let i = 0; i < this.#width; i++)
      this.#columns[i]!.add(row[i]!, numberOf(row[i]!, this.#decimal), line);
    return true;
  }

  /** Once numbers are told from text. @returns whether there is room */
  #makeRoom(): boolean {
    const rows = Math.min(mostCsvRows, Math.ceil(this.#values / this.#width));
    const numeric = this.#columns.filter(column => column.isNumeric).length;
    if (rows * numeric > mostCsvNumbers) {
      this.problem = `The file has ${numeric} columns of numbers with up to ${rows} rows; at most ${mostCsvNumbers} numbers are read. Keep fewer rows or columns.`;
      return false;
    }
    for (const column of this.#columns) column.makeRoom(rows);
    return true;
  }

  /** @throws FileError when no row or no number was there */
  table(): CsvTable {
    if (this.#rows < 2)
      throw new FileError(
        'The file has fewer than two rows of values. Choose one with a row of numbers for each step.',
      );
    const numeric = this.#columns.filter(column => column.isNumeric);
    if (numeric.length === 0)
      throw new FileError(
        `No column of the file holds numbers. Write them like 0.5, or like 0,5 between semicolons, without units or blanks.`,
      );
    return {
      delimiter: this.#delimiter,
      decimal: this.#decimal,
      hasHeader: this.#header !== null,
      rows: this.#rows,
      columns: numeric.map(column => column.column()),
      others: this.#columns.filter(column => !column.isNumeric).map(({ name }) => name),
    };
  }
}

/** So many rows tell numbers from text. */
const judged = 100;

class ColumnReader {
  readonly name: string;
  #values: Float64Array | null = new Float64Array(judged);
  #count = 0;
  #numbers = 0;
  #problem: string | null = null;

  constructor(header: string, index: number) {
    this.name = header === '' ? `column ${index + 1}` : header.slice(0, 80);
  }

  /** Whether numbers stand in at least half of its first rows. */
  get isNumeric(): boolean {
    return this.#values !== null && 2 * this.#numbers >= Math.min(this.#count, judged);
  }

  /** For so many numbers; text is not kept. */
  makeRoom(rows: number): void {
    const values = this.isNumeric ? new Float64Array(rows) : null;
    values?.set(this.#values!);
    this.#values = values;
  }

  add(cell: string, value: number, line: number): void {
    if (this.#values === null) return;
    if (!Number.isFinite(value)) {
      const what = cell === '' ? 'has no value' : `has ${shown(cell)}, which is no number that can be used,`;
      this.#problem ??= `Line ${line} ${what} in ${shown(this.name)}. Fill it in or take the line out, and load the file again.`;
    } else if (this.#count < judged) this.#numbers++;
    this.#values[this.#count++] = Number.isFinite(value) ? value : Number.NaN;
  }

  column(): CsvColumn {
    return { name: this.name, values: this.#values!.subarray(0, this.#count), problem: this.#problem };
  }
}
