import type { LiveSteps } from '../state/live.ts';

const bins = 64;
/** Blurs wins over neighbouring bins: a ring of steps holds few of them. */
const kernel = [1, 3, 4, 3, 1];
const reach = (kernel.length - 1) / 2;
/** Humps that rise to this share of the highest are as good as it: what sets them apart is chance. */
const alike = 0.75;
/** Phases run from just before the trough of a sine, so that its rising half comes before the falling one. */
const start = -0.3;

const wrap = (phase: number): number => phase - Math.floor(phase);

/**
 * The phase at which each column wins most, as a share of a cycle: from -0.3 to 0.7, so that -0.25 is a sine's trough and
 * 0.25 its peak. NaN for a column that won at none of the steps held.
 *
 * A column sees the present value alone, so on a wave it wins twice a cycle, rising and falling; the plain mean of
 * those phases is a peak or a trough for every column and tells nothing. So this is the middle of the first hump.
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
  const rate = blurred(counts).map((wins, bin) => (wins > 0 ? wins / met[bin]! : 0));
  const high = alike * Math.max(...rate);
  if (high === 0) return Number.NaN;
  // Humps are looked for from a bin that is in none, so that one across the ends of the cycle is seen whole.
  const valley = Math.max(
    rate.findIndex(value => value < high),
    0,
  );
  let first = Number.POSITIVE_INFINITY;
  for (let bin = valley, sum = 0, total = 0; bin <= valley + bins; bin++) {
    const value = at(rate, bin % bins);
    if (value >= high && bin < valley + bins) {
      sum += value * (bin + 0.5);
      total += value;
    } else if (total > 0) {
      first = Math.min(first, wrap(sum / total / bins));
      sum = total = 0;
    }
  }
  return start + first;
}

/** Columns that won, the latest phase first, as a wave rises towards the top; ties keep the columns' own order. */
export function orderByPhase(phases: Float32Array): number[] {
  return Array.from(phases.keys())
    .filter(column => !Number.isNaN(phases[column]!))
    .sort((a, b) => phases[b]! - phases[a]!);
}
