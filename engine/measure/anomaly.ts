/**
 * The raw anomaly score of HTM: the share of what happened that was not predicted, 0 for a step that came as expected and 1 for a
 * complete surprise. Here, of the columns that won, those that burst.
 */
export const anomalyScore = (bursting: number, winners: number): number =>
  winners === 0 ? 0 : bursting / winners;

/** Means over the last `window` values up to each, over fewer at the beginning. */
export function movingMean(values: readonly number[], window: number): number[] {
  let sum = 0;
  let count = 0;
  return values.map((value, i) => {
    const leaving = values[i - window];
    if (Number.isFinite(value)) {
      sum += value;
      count++;
    }
    if (leaving !== undefined && Number.isFinite(leaving)) {
      sum -= leaving;
      count--;
    }
    return count === 0 ? Number.NaN : sum / count;
  });
}
