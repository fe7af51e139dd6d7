import type { NetworkConfig } from '../model/config.ts';

/** incoming: what a cell hears from every cell; outgoing: what it says to every cell. */
export type Direction = 'incoming' | 'outgoing';

/**
 * The distal weights between one cell and every cell, [columns * cellsPerColumn].
 * @param memoryWeight `memory.weight`, [cells, cells]: row `i` holds what cell `i` makes of every active cell
 */
export function distalMap(
  memoryWeight: Float32Array,
  { columns, cellsPerColumn }: NetworkConfig,
  cell: number,
  direction: Direction,
): Float32Array<ArrayBuffer> {
  const cells = columns * cellsPerColumn;
  if (direction === 'incoming') return memoryWeight.slice(cell * cells, (cell + 1) * cells);
  return Float32Array.from({ length: cells }, (_, to) => memoryWeight[to * cells + cell]!);
}

/** Indices of the `count` values of largest magnitude, strongest first; zeros are left out. */
export function strongestOf(values: Float32Array, count: number): number[] {
  return Array.from(values.keys())
    .filter(i => values[i] !== 0)
    .sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!) || a - b)
    .slice(0, count);
}
