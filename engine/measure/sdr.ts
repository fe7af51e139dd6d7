/** How alike two sets are: HTM's overlap of sparse distributed representations. */
export interface Overlap {
  /** Members of both. */
  readonly shared: number;
  /** Members of either. */
  readonly union: number;
}

/** The overlap of two sets of distinct numbers. */
export function overlapOf(a: Iterable<number>, b: Iterable<number>): Overlap {
  const first = a instanceof Set ? a : new Set(a);
  let second = 0;
  let shared = 0;
  for (const member of b) {
    second++;
    if (first.has(member)) shared++;
  }
  return { shared, union: first.size + second - shared };
}

/** Shared members as a share of the union (Jaccard's index); two empty sets are alike. */
export const likeness = ({ shared, union }: Overlap): number => (union === 0 ? 1 : shared / union);

/**
 * How many steps back a representation comes again, from likenesses with now (`curve[n]`: n steps back): after the
 * curve has fallen below half way, its first peak that is nearly as high as any later one; null where nothing comes
 * back.
 */
export function recurrence(curve: readonly number[]): number | null {
  const known = curve.filter(Number.isFinite);
  if (known.length < 3) return null;
  const low = Math.min(...known);
  const fall = curve.findIndex(value => value < (1 + low) / 2);
  if (fall < 0) return null;
  let most = Number.NEGATIVE_INFINITY;
  for (let back = fall; back < curve.length; back++) if (curve[back]! > most) most = curve[back]!;
  if (!(most >= (1 + low) / 2)) return null;
  const enough = low + 0.9 * (most - low);
  const begin = curve.findIndex((value, back) => back >= fall && value >= enough);
  // The middle of the peak, which a slow signal makes broad.
  let end = begin;
  while (end + 1 < curve.length && curve[end + 1]! >= enough) end++;
  let best = begin;
  for (let back = begin; back <= end; back++) if (curve[back]! > curve[best]!) best = back;
  let last = best;
  while (last < end && curve[last + 1] === curve[best]) last++;
  return Math.round((best + last) / 2);
}
