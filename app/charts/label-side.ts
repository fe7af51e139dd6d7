/** A place in a plot, as shares of its width and height; 0 is left and bottom. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Share of a narrow plot's width that a label takes, and of its height. */
const labelWidth = 0.45;
export const labelHeight = 0.15;

/** How much of the width of a box a curve passes through it, at most: what lies between two points counts whole. */
function crossed(curve: readonly Place[], [left, right]: readonly [number, number], bottom: number): number {
  let share = 0;
  for (const [i, to] of curve.entries()) {
    const from = curve[i - 1] ?? to;
    const isBeside = Math.max(from.y, to.y) < bottom || Math.min(from.y, to.y) > bottom + labelHeight;
    if (!isBeside) share += Math.max(0, Math.min(to.x, right) - Math.max(from.x, left));
  }
  return share;
}

/**
 * On which side of a level line its label is not crossed by a curve, or the least.
 * @param curve from left to right
 * @param level of the line
 * @param above whether the label stands above its line
 * @param preferred where both are as good
 */
export function labelSide(
  curve: readonly Place[],
  level: number,
  above: boolean,
  preferred: 'Left' | 'Right',
): 'Left' | 'Right' {
  const bottom = above ? level : level - labelHeight;
  const left = crossed(curve, [0, labelWidth], bottom);
  const right = crossed(curve, [1 - labelWidth, 1], bottom);
  if (left === right) return preferred;
  return left < right ? 'Left' : 'Right';
}
