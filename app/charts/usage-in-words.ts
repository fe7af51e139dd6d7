import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import { formatCount, formatShare } from './figures.ts';

/** The newest point of the usage chart, as a sentence. */
export function usageInWords(point: HistoryPoint | undefined, columns: number, winners: number): string {
  if (!point) return 'Columns in use and bursts over the run: no steps yet.';
  const used = Number.isFinite(point.columns)
    ? `${formatCount(point.columns)} of ${formatCount(columns)} columns won in the last 1,000 steps`
    : 'it is not known yet how many columns won in the last 1,000 steps';
  return `At step ${formatCount(point.step)}, ${used}, and ${formatShare(point.bursting / winners)} of winners burst.`;
}
