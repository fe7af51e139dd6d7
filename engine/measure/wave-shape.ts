/** Root of the mean square over steps `from` to `to`. */
export function rootMeanSquare(values: ArrayLike<number>, from = 0, to = values.length): number {
  let squares = 0;
  for (let t = from; t < to; t++) squares += values[t]! ** 2;
  return Math.sqrt(squares / (to - from));
}

/**
 * Mean distance of upward zero crossings in steps, each interpolated on the line between the values beside it. Infinite
 * where there are not two of them: what does not come round has no period.
 */
export function meanPeriod(values: ArrayLike<number>): number {
  let first = Number.NaN;
  let last = Number.NaN;
  let crossings = 0;
  for (let t = 1; t < values.length; t++) {
    const [below, above] = [values[t - 1]!, values[t]!];
    if (!(below < 0 && above >= 0)) continue;
    last = t - 1 + below / (below - above);
    if (crossings++ === 0) first = last;
  }
  return crossings > 1 ? (last - first) / (crossings - 1) : Number.POSITIVE_INFINITY;
}
