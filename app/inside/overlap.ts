import { likeness, type Overlap, overlapOf } from '../../engine/measure/sdr.ts';
import type { LiveSteps } from '../state/live.ts';
import type { CellSteps } from './cell-steps.ts';

/** The winners of a step, counted from 0, that is held or was looked at; null of any other. */
function winnersOf(live: LiveSteps, steps: CellSteps, step: number): Uint16Array | null {
  if (step < live.first || step >= live.end) return steps.has(step) ? steps.winnersAt(step) : null;
  const at = live.at(step) * live.winnerCount;
  return live.winners.subarray(at, at + live.winnerCount);
}

/**
 * The step that earlier ones are held against, counted from 0: the newest that was looked at. Of a run that stands or
 * is looked back at it has to be among those that are held, or the last of these takes its place.
 */
export function presentOf(live: LiveSteps, steps: CellSteps, shown: number, moves: boolean): number {
  const looked = steps.shown(shown, moves);
  return looked >= live.first || (moves && looked >= 0) ? looked : shown - 1;
}

/** How many steps before `now` are known without a gap, `most` at most. */
export function knownBefore(live: LiveSteps, steps: CellSteps, now: number, most: number): number {
  const looked = steps.since(now, most + 1);
  const first = looked <= live.end ? Math.min(looked, live.first) : looked;
  return Math.max(0, Math.min(most, now - first));
}

/** How alike now and each of the last steps are, from 0 to 1; place `n` is `n` steps back. NaN where it is not known. */
export interface OverlapCurves {
  readonly columns: readonly number[];
  readonly cells: readonly number[];
}

/** @param now a step, counted from 0. @param span steps to go back */
export function overlapCurves(live: LiveSteps, steps: CellSteps, now: number, span: number): OverlapCurves {
  const columns: number[] = [];
  const cells: number[] = [];
  const winners = new Set(winnersOf(live, steps, now) ?? []);
  const active = steps.has(now) ? new Set(steps.activeCells(now)) : null;
  for (let back = 0; back <= span; back++) {
    const then = winnersOf(live, steps, now - back);
    columns.push(then ? likeness(overlapOf(winners, then)) : Number.NaN);
    const known = active && steps.has(now - back);
    cells.push(known ? likeness(overlapOf(active, steps.activeCells(now - back))) : Number.NaN);
  }
  return { columns, cells };
}

/** Two steps' representations, held against each other. */
export interface Comparison {
  readonly now: readonly number[];
  readonly before: readonly number[];
  readonly overlap: Overlap;
}

const compare = (now: readonly number[], before: readonly number[]): Comparison => ({
  now,
  before,
  overlap: overlapOf(now, before),
});

export function compareColumns(
  live: LiveSteps,
  steps: CellSteps,
  now: number,
  then: number,
): Comparison | null {
  const [a, b] = [winnersOf(live, steps, now), winnersOf(live, steps, then)];
  return a && b ? compare([...a], [...b]) : null;
}

export const compareCells = (steps: CellSteps, now: number, then: number): Comparison | null =>
  steps.has(now) && steps.has(then) ? compare(steps.activeCells(now), steps.activeCells(then)) : null;
