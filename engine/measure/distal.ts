import type { NetworkConfig } from '../model/config.ts';

export interface DistalWeight {
  /** Index of the cell it comes from: column * cellsPerColumn + cell. */
  from: number;
  weight: number;
}

/**
 * For each cell of a column, its `count` distal weights of largest magnitude, strongest first; of equals, the lower
 * source first.
 * @param memoryWeight `memory.weight`, [cells, cells]: row `i` holds what cell `i` makes of every active cell
 */
export function strongestDistalWeights(
  memoryWeight: Float32Array,
  config: NetworkConfig,
  column: number,
  count: number,
): DistalWeight[][] {
  const perColumn = config.cellsPerColumn;
  const cells = config.columns * perColumn;
  return Array.from({ length: perColumn }, (_, m) => {
    const start = (column * perColumn + m) * cells;
    const strongest: DistalWeight[] = [];
    for (let from = 0; from < cells; from++) {
      const weight = memoryWeight[start + from]!;
      const size = Math.abs(weight);
      if (size === 0 || (strongest.length === count && size <= Math.abs(strongest[count - 1]!.weight)))
        continue;
      let place = strongest.length;
      while (place > 0 && Math.abs(strongest[place - 1]!.weight) < size) place--;
      strongest.splice(place, 0, { from, weight });
      if (strongest.length > count) strongest.pop();
    }
    return strongest;
  });
}
