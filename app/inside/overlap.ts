import { likeness, type Overlap, overlapOf } from '../../engine/measure/sdr.ts';
import type { LiveSteps } from '../state/live.ts';
import type { CellSteps } from './cell-steps.ts';

/** The winners of a step that is held, counted from 0; null of any other. */
export function winnersOf(live: LiveSteps, step: number): Uint16Array | null {
  if (step < live.first || step >= live.end) return null;
  const at = live.at(step) * live.winnerCount;
  return live.winners.subarray(at, at + live.winnerCount);
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
  const winners = new Set(winnersOf(live, now) ?? []);
  const active = steps.has(now) ? new Set(steps.activeCells(now)) : null;
  for (let back = 0; back <= span; back++) {
    const then = winnersOf(live, now - back);
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

export function compareColumns(live: LiveSteps, now: number, then: number): Comparison | null {
  const [a, b] = [winnersOf(live, now), winnersOf(live, then)];
  return a && b ? compare([...a], [...b]) : null;
}

export const compareCells = (steps: CellSteps, now: number, then: number): Comparison | null =>
  steps.has(now) && steps.has(then) ? compare(steps.activeCells(now), steps.activeCells(then)) : null;
