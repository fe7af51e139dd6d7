import type { Grid, Rect } from './layout.ts';

/** The arrangement of `count` square tiles that makes them largest within a rectangle: at its left, centred in height. */
export function fitGrid(count: number, within: Rect, mostPitch = Number.POSITIVE_INFINITY): Grid {
  let columns = 1;
  let pitch = 0;
  for (let n = 1; n <= count; n++) {
    const side = Math.min(within.width / n, within.height / Math.ceil(count / n), mostPitch);
    // Of equals, the widest: a layer under the pitch's cap fills the width it is given.
    if (side < pitch || (side === pitch && n * side > within.width)) continue;
    columns = n;
    pitch = side;
  }
  const width = columns * pitch;
  const height = Math.ceil(count / columns) * pitch;
  return {
    x: within.x,
    y: within.y + (within.height - height) / 2,
    width,
    height,
    count,
    columns,
    pitch,
  };
}

/** A square of columns, as near as their number allows. */
export function squareGrid(count: number, x: number, y: number, side: number): Grid {
  const columns = Math.ceil(Math.sqrt(count));
  const pitch = side / columns;
  return { x, y, width: side, height: Math.ceil(count / columns) * pitch, count, columns, pitch };
}
