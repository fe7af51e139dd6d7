import type { LiveSteps } from '../state/live.ts';

/** Share of the steps held at which each column won. */
export function dutyOf(steps: LiveSteps, columns: number): Float32Array {
  const { first, end, winnerCount, winners } = steps;
  const duty = new Float32Array(columns);
  for (let step = first; step < end; step++) {
    const slot = steps.at(step) * winnerCount;
    for (let i = 0; i < winnerCount; i++) duty[winners[slot + i]!]! += 1 / (end - first);
  }
  return duty;
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
