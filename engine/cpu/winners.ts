import type { FloatArray } from '../network.ts';

/**
 * Writes the indices of the largest scores into `order`, as many as it holds, by descending score; of equal scores the
 * lower index goes first. `order` holds at most as many as there are scores.
 */
export function rankLargest(scores: FloatArray, order: Int32Array): void {
  const most = order.length;
  let count = 0;
  // Nearly all candidates fall short of it.
  let least = 0;
  for (let candidate = 0; candidate < scores.length; candidate++) {
    const score = scores[candidate]!;
    if (count === most && !(score > least)) continue;
    let rank = count < most ? count++ : most - 1;
    for (; rank > 0 && score > scores[order[rank - 1]!]!; rank--) order[rank] = order[rank - 1]!;
    order[rank] = candidate;
    if (count === most) least = scores[order[most - 1]!]!;
  }
}
