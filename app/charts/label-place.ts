/** A place in a plot, as shares of its width and height; 0 is left and bottom. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Share of a narrow plot's width that a label takes, and of its height. */
export const labelWidth = 0.45;
export const labelHeight = 0.15;

/** Where a label may begin, first its line's ends. */
const places = [0, 1 - labelWidth, 0.14, 0.28, 0.42];

/** How much of the width of a label's box a curve takes up: a little also where it falls straight through it. */
function crossed(curve: readonly Place[], left: number, bottom: number): number {
  let share = 0;
  for (const [i, to] of curve.entries()) {
    const from = curve[i - 1] ?? to;
    const inBand = [bottom, bottom + labelHeight].map(y => (y - from.y) / (to.y - from.y || 1e-9));
    const inBox = [left, left + labelWidth].map(x => (x - from.x) / (to.x - from.x || 1e-9));
    const begin = Math.max(0, Math.min(...inBand), Math.min(...inBox));
    const end = Math.min(1, Math.max(...inBand), Math.max(...inBox));
    if (begin <= end) share += (end - begin) * (to.x - from.x) + 0.001;
  }
  return share;
}

/**
 * Where the label of a level line begins, as a share of the width: where no curve runs through it, or the least.
 * @param curve from left to right
 * @param level of the line
 * @param above whether the label stands above its line
 * @param rightFirst which of its ends is better where both are good
 */
export function labelPlace(
  curve: readonly Place[],
  level: number,
  above: boolean,
  rightFirst: boolean,
): number {
  const bottom = above ? level : level - labelHeight;
  const [left, right, ...inner] = places as [number, number, ...number[]];
  const found = (rightFirst ? [right, left, ...inner] : [left, right, ...inner]).map(place => ({
    place,
    crossed: crossed(curve, place, bottom),
  }));
  return found.reduce((best, other) => (other.crossed < best.crossed ? other : best)).place;
}
