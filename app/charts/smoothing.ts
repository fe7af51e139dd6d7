/**
 * Exponential moving average that starts unbiased: the mean of what it has seen, weighted by `weight` to the power of
 * its age in points. Values that are not finite are passed over.
 * @param weight of the past, from 0 (no smoothing) to below 1
 */
export function smoothed(values: readonly number[], weight: number): number[] {
  let sum = 0;
  let total = 0;
  return values.map(value => {
    if (Number.isFinite(value)) {
      sum = weight * sum + (1 - weight) * value;
      total = weight * total + (1 - weight);
    }
    return total === 0 ? value : sum / total;
  });
}
