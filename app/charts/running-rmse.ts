import type { HistoryPoint } from '../../engine/measure/error-history.ts';

/** Steps that an error is taken over at least: within a cycle it rises and falls with the wave itself. */
const leastSteps = 100;

/** How many of the history's points, of `width` steps each, make up one error of a signal with this period. */
export const pointsPerError = (width: number, period: number): number =>
  Math.ceil(Math.max(leastSteps, period) / width);

/**
 * Root mean squared error over the last `count` points at each point: fewer at the run's start.
 * @returns one row for each point whose error is a number
 */
export function runningRmse(
  points: readonly HistoryPoint[],
  count: number,
): { step: number; rmse: number }[] {
  return points
    .map(({ step }, i) => {
      const stretch = points.slice(Math.max(0, i + 1 - count), i + 1);
      return { step, rmse: Math.sqrt(stretch.reduce((sum, p) => sum + p.loss, 0) / stretch.length) };
    })
    .filter(({ rmse }) => Number.isFinite(rmse));
}
