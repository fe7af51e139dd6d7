/** The middle value, or the mean of the two in the middle. @throws RangeError for no values */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of nothing.');
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Three significant digits, as people read errors: 0.0123, 1.02, 4.6e-8. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return 'diverged';
  if (value !== 0 && (Math.abs(value) < 0.00095 || Math.abs(value) >= 9995)) return value.toExponential(1);
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 4));
}

/** The median, and the largest in brackets where it reads differently. */
export function medianAndWorst(values: readonly number[]): string {
  const middle = figure(median(values));
  const worst = figure(values.some(Number.isNaN) ? Number.NaN : Math.max(...values));
  return middle === worst ? middle : `${middle} (${worst})`;
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** A Markdown table; every column but the first is aligned right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
