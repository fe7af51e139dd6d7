/** A curve needs this much room to be read, in pixels; on a narrow page it makes do with less. */
const leastTile = { wide: 104, narrow: 56 };
const narrowWidth = 480;

/**
 * How many of `count` tiles stand side by side where they share one order: as many as fit, but at most about as many as
 * there are rows, and the same number in each row where that can be.
 */
export function tileColumns(count: number, width: number): number {
  const least = width < narrowWidth ? leastTile.narrow : leastTile.wide;
  const fitting = Math.max(1, Math.floor(width / least));
  const most = Math.min(fitting, Math.max(4, Math.ceil(Math.sqrt(count))));
  for (let columns = most; columns > most / 2; columns--) if (count % columns === 0) return columns;
  return most;
}

/** Where the keys of a grid lead from a tile; null for a key that leads nowhere. */
export function tileAfter(key: string, from: number, count: number, columns: number): number | null {
  const moves: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from - columns,
    ArrowDown: from + columns,
    Home: 0,
    End: count - 1,
  };
  const next = moves[key];
  if (next === undefined) return null;
  return next >= 0 && next < count ? next : from;
}
