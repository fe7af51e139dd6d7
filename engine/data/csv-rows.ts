import { FileError } from '../errors.ts';

export const mostCsvColumns = 256;
/** Some four hundred characters for each of the most columns. */
const longestRow = 100_000;

const quote = '"'.charCodeAt(0);
const blanks = new Set([...' \t\r'].map(blank => blank.charCodeAt(0)));

function refuse(line: number, why: string): never {
  throw new FileError(`Line ${line} ${why}, and load the file again.`);
}

/**
 * Looks through a table before it is parsed. A parser takes in a row, and all that is wrong with it, as a whole: a file
 * of commas or of quotation marks alone would cost it thirty times the file's size.
 * @param delimiter, lineEnd one character each
 * @returns how many values there are
 * @throws FileError for a row too long or too wide, and for quotation marks that do not pair
 */
export function countValues(text: string, delimiter: string, lineEnd: string): number {
  const [next, end] = [delimiter.charCodeAt(0), lineEnd.charCodeAt(0)];
  let values = 0;
  let columns = 1;
  let line = 1;
  let rowStart = 0;
  let valueStart = 0;

  /** @returns where the last character of a value in quotation marks is, or of blanks after it */
  const quoted = (start: number): number => {
    let close = text.indexOf('"', start + 1);
    while (close !== -1 && text.charCodeAt(close + 1) === quote) close = text.indexOf('"', close + 2);
    if (close === -1) refuse(line, 'has a quotation mark that is never closed. Correct its quotation marks');
    let last = close;
    while (text.charCodeAt(last + 1) !== next && blanks.has(text.charCodeAt(last + 1))) last++;
    const after = text.charCodeAt(last + 1);
    if (last + 1 < text.length && after !== next && after !== end)
      refuse(line, 'has text after a closing quotation mark. Correct its quotation marks');
    return last;
  };

  for (let i = 0; i <= text.length; i++) {
    if (i - rowStart > longestRow)
      refuse(
        line,
        `has more than ${longestRow} characters in a row. Correct its quotation marks, or keep less`,
      );
    const code = i < text.length ? text.charCodeAt(i) : end;
    if (code === quote && i === valueStart) i = quoted(i);
    else if (code === next) {
      valueStart = i + 1;
      if (++columns > mostCsvColumns) refuse(line, `has more than ${mostCsvColumns} columns. Keep fewer`);
    } else if (code === end) {
      for (let at = text.indexOf(lineEnd, rowStart); at !== -1 && at <= i; at = text.indexOf(lineEnd, at + 1))
        line++;
      if (i < text.length || rowStart < i) values += columns;
      columns = 1;
      rowStart = valueStart = i + 1;
    }
  }
  return values;
}
