import { measureWindow } from '../../engine/measure/run-measure.ts';
import type { LiveSteps } from '../state/live.ts';

/** At how many of the last `span` steps, or of as many as there are, each column won. */
export function winsOf(steps: LiveSteps, columns: number, span: number): Uint32Array<ArrayBuffer> {
  const { first, end, winnerCount, winners } = steps;
  const wins = new Uint32Array(columns);
  for (let step = Math.max(first, end - span); step < end; step++) {
    const slot = steps.at(step) * winnerCount;
    for (let i = 0; i < winnerCount; i++) wins[winners[slot + i]!]!++;
  }
  return wins;
}

/**
 * Share of the last 1,000 steps, or of as many as there are, at which each column won. Counted, because the duty cycles that
 * the network keeps begin at the fair share and forget so slowly that a column which never won would seem to win.
 */
export function dutyOf(steps: LiveSteps, columns: number): Float32Array {
  const counted = Math.max(1, Math.min(steps.end - steps.first, measureWindow));
  return Float32Array.from(winsOf(steps, columns, measureWindow), won => won / counted);
}

/** Cells of a grid for `count` columns, as near to square as whole rows allow; the last row may stay open. */
export function gridFor(count: number): { across: number; down: number } {
  const across = Math.ceil(Math.sqrt(count));
  return { across, down: Math.ceil(count / across) };
}

/** Where an arrow key leads from a cell, or null for another key or an edge. */
export function neighbour(cell: number, key: string, count: number): number | null {
  const { across } = gridFor(count);
  const column = cell % across;
  const moves: Record<string, number | undefined> = {
    ArrowLeft: column > 0 ? cell - 1 : undefined,
    ArrowRight: column < across - 1 ? cell + 1 : undefined,
    ArrowUp: cell - across,
    ArrowDown: cell + across,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to !== undefined && to >= 0 && to < count ? to : null;
}

/** Where a duty cycle stands on the colour scale from 0 to `most`: a square root, which spreads out small ones. */
export const dutyShare = (duty: number, most: number): number => Math.sqrt(Math.min(duty / most, 1));
