/** How a tensor's values are spread, and the figures that sum it up. */
export interface Histogram {
  /** Values in each bin; the bins are of one width and reach from -`reach` to `reach`. */
  readonly counts: Uint32Array;
  /** The largest magnitude; 0 for a tensor of zeros alone, all of which are in the middle bin. */
  readonly reach: number;
  readonly size: number;
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
  readonly zeros: number;
  /** Values that are infinite or no number; they are in no bin and no figure. */
  readonly unreal: number;
}

/** An odd number of bins has one in the middle, where zeros are. */
export const histogramBins = 81;

/** The largest value belongs to the last bin; where all are zero, all belong to the middle one. */
const binOf = (value: number, reach: number): number =>
  reach === 0
    ? (histogramBins - 1) / 2
    : Math.min(Math.floor(((value + reach) * histogramBins) / (2 * reach)), histogramBins - 1);

export function histogramOf(values: Float32Array): Histogram {
  let reach = 0;
  let sum = 0;
  let zeros = 0;
  let unreal = 0;
  const { length } = values;
  // By index: an iterator takes several times as long over millions of values.
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    // Most gradients are zero, and soon dealt with.
    if (value === 0) {
      zeros++;
      continue;
    }
    const size = Math.abs(value);
    if (!(size < Number.POSITIVE_INFINITY)) {
      unreal++;
      continue;
    }
    sum += value;
    if (size > reach) reach = size;
  }
  const real = length - unreal;
  const mean = real === 0 ? 0 : sum / real;
  const counts = new Uint32Array(histogramBins);
  counts[binOf(0, reach)] = zeros;
  let squares = zeros * mean ** 2;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (value === 0 || !(Math.abs(value) <= reach)) continue;
    squares += (value - mean) ** 2;
    counts[binOf(value, reach)]!++;
  }
  return {
    counts,
    reach,
    size: length,
    mean,
    deviation: real === 0 ? 0 : Math.sqrt(squares / real),
    zeros,
    unreal,
  };
}

/** The distribution that a tensor's first values are drawn from. */
export interface InitialSpread {
  readonly initialMean: number;
  readonly initialVariance: number;
}

/** How many of `size` first values are expected in each bin of a histogram that reaches this far. */
export function initialCounts(
  { initialMean, initialVariance }: InitialSpread,
  size: number,
  reach: number,
): Float64Array {
  const counts = new Float64Array(histogramBins);
  const width = (2 * reach) / histogramBins;
  if (initialVariance === 0) {
    if (Math.abs(initialMean) <= reach * (1 + 1e-6)) counts[binOf(initialMean, reach)] = size;
    return counts;
  }
  const deviation = Math.sqrt(initialVariance);
  const below = (value: number) => normalCumulative((value - initialMean) / deviation);
  for (let bin = 0; bin < histogramBins; bin++) {
    const from = bin * width - reach;
    counts[bin] = size * (below(from + width) - below(from));
  }
  return counts;
}

/** Share of a standard normal distribution below `z`, within 1e-7: Abramowitz and Stegun, 26.2.17. */
function normalCumulative(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z < 0 ? above : 1 - above;
}
