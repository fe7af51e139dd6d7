import type { Grid } from './layout.ts';

/** Where the cursor goes on a grid of columns when a key is pressed; null for a key that does not move it. */
export function columnAfter(key: string, cursor: number | null, grid: Grid): number | null {
  const moves: Record<string, (from: number) => number> = {
    ArrowLeft: from => from - 1,
    ArrowRight: from => from + 1,
    ArrowUp: from => from - grid.columns,
    ArrowDown: from => from + grid.columns,
    Home: () => 0,
    End: () => grid.count - 1,
  };
  const move = moves[key];
  if (!move) return null;
  if (cursor === null) return 0;
  const next = move(cursor);
  return next >= 0 && next < grid.count ? next : cursor;
}
