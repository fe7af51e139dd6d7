export function rootMeanSquare(values: ArrayLike<number>): number {
  let squares = 0;
  for (let t = 0; t < values.length; t++) squares += values[t]! ** 2;
  return Math.sqrt(squares / values.length);
}

/** Root mean square about the mean over the values from `from` on: 0 for what has come to rest, wherever that is. */
export function swing(values: ArrayLike<number>, from: number): number {
  const part = Array.from(values).slice(from);
  const mean = part.reduce((sum, x) => sum + x, 0) / part.length;
  return rootMeanSquare(part.map(x => x - mean));
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
