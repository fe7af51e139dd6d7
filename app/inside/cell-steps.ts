import type { NetworkConfig } from '../../engine/model/config.ts';
import { cellCount } from '../../engine/model/tensors.ts';
import { type CellState, unpredicted } from '../network/activity.ts';
import type { CellStretch } from '../worker/inspection-views.ts';

const mostSteps = 1024;
const mostBytes = 2 ** 25;

/** What every cell did at the last steps that were looked at: rings, of which a slot may be empty or out of date. */
export class CellSteps {
  readonly config: NetworkConfig;
  readonly capacity: number;
  readonly #cells: number;
  /** The step in each slot; -1 for none. */
  readonly #steps: Float64Array;
  /** [capacity, inputs] */
  readonly #input: Float32Array;
  /** [capacity, winners] */
  readonly #winners: Uint16Array;
  /** [capacity, cells] */
  readonly #predicted: Float32Array;
  /** [capacity, winners, cellsPerColumn] */
  readonly #active: Float32Array;
  /** Steps done after the newest that is known; 0 before any. */
  end = 0;
  /** Changes whenever any step becomes known, also one that lies before others. */
  revision = 0;

  constructor(config: NetworkConfig) {
    this.config = config;
    this.#cells = cellCount(config);
    this.capacity = Math.max(64, Math.min(mostSteps, Math.floor(mostBytes / (4 * this.#cells))));
    this.#steps = new Float64Array(this.capacity).fill(-1);
    this.#input = new Float32Array(this.capacity * config.inputs);
    this.#winners = new Uint16Array(this.capacity * config.winners);
    this.#predicted = new Float32Array(this.capacity * this.#cells);
    this.#active = new Float32Array(this.capacity * config.winners * config.cellsPerColumn);
  }

  fits(config: NetworkConfig): boolean {
    return (['inputs', 'columns', 'winners', 'cellsPerColumn'] as const).every(
      size => config[size] === this.config[size],
    );
  }

  push(stretch: CellStretch): void {
    const { inputs, winners, cellsPerColumn } = this.config;
    const width = winners * cellsPerColumn;
    for (let i = Math.max(0, stretch.count - this.capacity); i < stretch.count; i++) {
      const step = stretch.firstStep + i;
      const slot = step % this.capacity;
      this.#steps[slot] = step;
      this.#input.set(stretch.input.subarray(i * inputs, (i + 1) * inputs), slot * inputs);
      this.#winners.set(stretch.winners.subarray(i * winners, (i + 1) * winners), slot * winners);
      this.#predicted.set(
        stretch.predicted.subarray(i * this.#cells, (i + 1) * this.#cells),
        slot * this.#cells,
      );
      this.#active.set(stretch.active.subarray(i * width, (i + 1) * width), slot * width);
    }
    this.end = Math.max(this.end, stretch.firstStep + stretch.count);
    this.revision++;
  }

  has(step: number): boolean {
    return step >= 0 && this.#steps[step % this.capacity] === step;
  }

  /** The newest step that is known at or before `last`; -1 for none. */
  newest(last: number): number {
    const from = Math.min(last, this.end - 1);
    for (let step = from; step >= 0 && step > from - this.capacity; step--) if (this.has(step)) return step;
    return -1;
  }

  /**
   * The step that views show, counted from 0: the newest that is known of those shown; of a run that moves, the end of
   * the stretch that was looked at around it, which the page may not have heard of otherwise. -1 for none.
   */
  shown(shownStep: number, moves: boolean): number {
    let step = this.newest(shownStep - 1);
    while (moves && step >= 0 && this.has(step + 1)) step++;
    return step;
  }

  /** The first of the steps, at most `most`, that lead up to `last` without a gap. */
  since(last: number, most: number): number {
    let first = last;
    while (last - first + 1 < most && this.has(first - 1)) first--;
    return first;
  }

  /** What came in. */
  inputAt(step: number): Float32Array {
    const { inputs } = this.config;
    const slot = (step % this.capacity) * inputs;
    return this.#input.subarray(slot, slot + inputs);
  }

  /** Column indices by descending score. */
  winnersAt(step: number): Uint16Array {
    const { winners } = this.config;
    const slot = (step % this.capacity) * winners;
    return this.#winners.subarray(slot, slot + winners);
  }

  /** What a column's cells had predicted for a step. */
  predictedAt(step: number, column: number): Float32Array {
    const { cellsPerColumn } = this.config;
    const at = (step % this.capacity) * this.#cells + column * cellsPerColumn;
    return this.#predicted.subarray(at, at + cellsPerColumn);
  }

  /** Activations of a column's cells; null where the column did not win. */
  activeAt(step: number, column: number): Float32Array | null {
    const { winners, cellsPerColumn } = this.config;
    const rank = this.winnersAt(step).indexOf(column);
    if (rank < 0) return null;
    const at = ((step % this.capacity) * winners + rank) * cellsPerColumn;
    return this.#active.subarray(at, at + cellsPerColumn);
  }

  /** What a column did at a step: whether it won, and whether as a surprise. */
  columnAt(step: number, column: number): 'lost' | 'predicted' | 'burst' {
    if (!this.winnersAt(step).includes(column)) return 'lost';
    return sumOf(this.predictedAt(step, column)) > unpredicted ? 'predicted' : 'burst';
  }

  cellAt(step: number, column: number, cell: number): CellState {
    const did = this.columnAt(step, column);
    const predicted = this.predictedAt(step, column)[cell]! > 0;
    if (did === 'lost') return predicted ? 'missed' : 'idle';
    if (did === 'burst') return 'burst';
    return predicted ? 'correct' : 'idle';
  }

  /** Share of its column's activation that each cell has at a step; of a column that won. */
  gatesAt(step: number, column: number): number[] {
    const predicted = this.predictedAt(step, column);
    const sum = sumOf(predicted);
    if (sum <= unpredicted) return Array.from(predicted, () => 1 / predicted.length);
    return Array.from(predicted, value => Math.max(0, value) / sum);
  }

  /** Indices of the cells that were active. */
  activeCells(step: number): number[] {
    const { cellsPerColumn } = this.config;
    return [...this.winnersAt(step)].flatMap(column =>
      this.gatesAt(step, column).flatMap((gate, m) => (gate > 0 ? column * cellsPerColumn + m : [])),
    );
  }
}

const sumOf = (predicted: Float32Array): number => {
  let sum = 0;
  for (const value of predicted) sum += Math.max(0, value);
  return sum;
};
