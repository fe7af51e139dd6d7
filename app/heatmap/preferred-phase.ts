import type { LiveSteps } from '../state/live.ts';

const bins = 64;
/** Wins this near to one another count as one hump. */
const kernel = [1, 3, 4, 3, 1];
const reach = (kernel.length - 1) / 2;
/** Humps this much lower than the highest are as good as it: what sets them apart is chance. */
const alike = 0.75;
/** Where phases begin: the trough of a sine, so that a rising half comes before its falling one. */
const start = 0.75;

const wrap = (phase: number): number => phase - Math.floor(phase);

/**
 * The phase at which each column wins most, as a share of a cycle counted from the trough; NaN for one that won at none
 * of the steps held.
 *
 * A column sees the present value alone, so on a wave it wins twice a cycle, rising and falling; the plain mean of
 * those phases is a peak or a trough for every column and tells nothing. So this is the mean of the first hump.
 */
export function preferredPhases(steps: LiveSteps, columns: number, period: number): Float32Array {
  const { first, end, winnerCount, winners } = steps;
  const counts = new Float32Array(columns * bins);
  for (let step = first; step < end; step++) {
    const bin = Math.floor(wrap(step / period - start) * bins) % bins;
    const slot = steps.at(step) * winnerCount;
    for (let i = 0; i < winnerCount; i++) counts[winners[slot + i]! * bins + bin]!++;
  }
  const phases = new Float32Array(columns);
  for (let column = 0; column < columns; column++)
    phases[column] = firstHump(counts.subarray(column * bins, (column + 1) * bins));
  return phases;
}

function firstHump(counts: Float32Array): number {
  const at = (values: ArrayLike<number>, bin: number) => values[(bin + bins) % bins]!;
  const smooth = Array.from(counts, (_, bin) =>
    kernel.reduce((sum, weight, k) => sum + weight * at(counts, bin + k - reach), 0),
  );
  const highest = Math.max(...smooth);
  if (highest === 0) return Number.NaN;
  // A top that neither neighbour exceeds: there is one, the highest, and often an earlier one as good.
  let peak = smooth.findIndex(
    (value, bin) => value >= alike * highest && value >= at(smooth, bin - 1) && value >= at(smooth, bin + 1),
  );
  if (peak < 0) peak = smooth.indexOf(highest);
  let [sum, total] = [0, 0];
  for (let offset = -reach; offset <= reach; offset++) {
    const count = at(counts, peak + offset);
    sum += count * offset;
    total += count;
  }
  return wrap((peak + 0.5 + (total > 0 ? sum / total : 0)) / bins);
}

/** Columns that won, by the phase they prefer; ties keep the columns' own order. */
export function orderByPhase(phases: Float32Array): number[] {
  return Array.from(phases.keys())
    .filter(column => !Number.isNaN(phases[column]!))
    .sort((a, b) => phases[a]! - phases[b]!);
}
