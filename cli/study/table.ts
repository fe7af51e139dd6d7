/**
 * The middle value, or the mean of the two in the middle; what is no number counts as infinite.
 * @throws RangeError for no values
 */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of nothing.');
  const sorted = values.map(v => (Number.isNaN(v) ? Number.POSITIVE_INFINITY : v)).sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1 || sorted[half - 1] === sorted[half]) return sorted[half]!;
  return (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Three significant digits, as people read errors: 0.0123, 1.02, 4.6e-8. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return 'diverged';
  if (value !== 0 && (Math.abs(value) < 0.00095 || Math.abs(value) >= 9995)) return value.toExponential(1);
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 4));
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** A share of free run that may have no end, as of a wave that died. */
export const percentOrNone = (share: number): string => (Number.isFinite(share) ? percent(share) : 'none');

/** A number of steps, infinite for never. */
export const count = (steps: number): string =>
  Number.isFinite(steps) ? Math.round(steps).toLocaleString('en') : 'never';

export const worst = (values: readonly number[]): number =>
  values.some(Number.isNaN) ? Number.NaN : Math.max(...values);

/** The median, and the largest in brackets where it reads differently. */
export function medianAndWorst(
  values: readonly number[],
  format: (value: number) => string = figure,
): string {
  const [middle, largest] = [format(median(values)), format(worst(values))];
  return middle === largest ? middle : `${middle} (${largest})`;
}

/** A Markdown table; every column but the first is aligned right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
