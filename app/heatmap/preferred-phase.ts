import type { LiveSteps } from '../state/live.ts';

const bins = 64;
/** Wins this near to one another count as one hump. */
const kernel = [1, 3, 4, 3, 1];
const reach = (kernel.length - 1) / 2;
/** Humps this much lower than the highest are as good as it: what sets them apart is chance. */
const alike = 0.75;
/** Phases run from just before the trough of a sine, so that its rising half comes before the falling one. */
const start = -0.3;

const wrap = (phase: number): number => phase - Math.floor(phase);

/**
 * The phase at which each column wins most, as a share of a cycle: from -0.3 to 0.7, so that -0.25 is a sine's trough and
 * 0.25 its peak. NaN for a column that won at none of the steps held.
 *
 * A column sees the present value alone, so on a wave it wins twice a cycle, rising and falling; the plain mean of
 * those phases is a peak or a trough for every column and tells nothing. So this is the mean of the first hump.
 */
export function preferredPhases(steps: LiveSteps, columns: number, period: number): Float32Array {
  const { first, end, winnerCount, winners } = steps;
  const counts = new Float32Array(columns * bins);
  const visits = new Float32Array(bins);
  for (let step = first; step < end; step++) {
    const bin = Math.floor(wrap(step / period - start) * bins) % bins;
    visits[bin]!++;
    const slot = steps.at(step) * winnerCount;
    for (let i = 0; i < winnerCount; i++) counts[winners[slot + i]! * bins + bin]!++;
  }
  const phases = new Float32Array(columns);
  for (let column = 0; column < columns; column++)
    phases[column] = firstHump(counts.subarray(column * bins, (column + 1) * bins), visits);
  return phases;
}

const at = (values: ArrayLike<number>, bin: number): number => values[(bin + bins) % bins]!;

const blurred = (values: Float32Array): number[] =>
  Array.from(values, (_, bin) =>
    kernel.reduce((sum, weight, k) => sum + weight * at(values, bin + k - reach), 0),
  );

function firstHump(counts: Float32Array, visits: Float32Array): number {
  // Wins by visit: a wave of few steps to a cycle meets some bins more often than others, and some never.
  const met = blurred(visits);
  const smooth = blurred(counts).map((wins, bin) => (wins > 0 ? wins / met[bin]! : 0));
  const highest = Math.max(...smooth);
  if (highest === 0) return Number.NaN;
  // A top that neither neighbour exceeds: the highest is one, and often there is an earlier one as good.
  const peak = smooth.findIndex(
    (value, bin) => value >= alike * highest && value >= at(smooth, bin - 1) && value >= at(smooth, bin + 1),
  );
  let [sum, total] = [0, 0];
  for (let offset = -reach; offset <= reach; offset++) {
    const count = at(counts, peak + offset);
    sum += count * offset;
    total += count;
  }
  return start + wrap((peak + 0.5 + (total > 0 ? sum / total : 0)) / bins);
}

/** Columns that won, the latest phase first, as a wave rises towards the top; ties keep the columns' own order. */
export function orderByPhase(phases: Float32Array): number[] {
  return Array.from(phases.keys())
    .filter(column => !Number.isNaN(phases[column]!))
    .sort((a, b) => phases[b]! - phases[a]!);
}
