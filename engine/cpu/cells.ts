import type { NetworkConfig } from '../model/config.ts';
import type { Layer, ReadableTensor, StoredTensor } from './layer.ts';
import type { Unrolling } from './unrolling.ts';
import type { Signal } from './vector.ts';

/** A column whose cells predicted less than this in sum was not predicted: it bursts. */
export const leastPrediction = 1e-9;

/**
 * The gate of the temporal memory (model.md, 5): a winning column's activation is shared among its cells in proportion to
 * what they predicted in the previous step, or equally when the column bursts. Cell m of column j is j*M+m.
 */
export class CellGate implements Layer {
  /** Winning columns that burst in the last step. */
  bursting = 0;
  readonly stored: readonly StoredTensor[];
  readonly observed: readonly ReadableTensor[] = [];

  private readonly column: Signal; // [columns]
  private readonly previousPredictive: Signal; // [cells]
  private readonly active: Signal; // [cells]
  private readonly cellsPerColumn: number;
  private readonly unrolls: boolean;
  private readonly unrolling: Unrolling | null;
  /** s, what the cells of a winner predicted in sum, winners in index order; 0 where the column bursts. [winners] */
  private readonly sums: Float64Array;
  /** g of every active cell, in the order of their support. [winners * cellsPerColumn] */
  private readonly gates: Float64Array;

  /** `unrolling` takes the error further back than to the previous prediction. */
  constructor(
    column: Signal,
    previousPredictive: Signal,
    active: Signal,
    config: NetworkConfig,
    unrolling: Unrolling | null,
  ) {
    this.column = column;
    this.previousPredictive = previousPredictive;
    this.active = active;
    this.cellsPerColumn = config.cellsPerColumn;
    this.unrolls = config.unroll > 0;
    this.unrolling = unrolling;
    this.stored = unrolling?.stored ?? [];
    this.sums = new Float64Array(config.winners);
    this.gates = new Float64Array(config.winners * config.cellsPerColumn);
  }

  forward(): void {
    const { cellsPerColumn, sums, gates } = this;
    const predicted = this.previousPredictive.value.values;
    const { values: columns, support: winners, count: winnerCount } = this.column.value;
    const { value } = this.active;
    const { values, support } = value;
    for (let n = 0; n < value.count; n++) values[support[n]!] = 0;
    let count = 0;
    this.bursting = 0;
    for (let n = 0; n < winnerCount; n++) {
      const column = winners[n]!;
      const first = column * cellsPerColumn;
      const activation = columns[column]!;
      let sum = 0;
      for (let i = first; i < first + cellsPerColumn; i++) sum += Math.max(predicted[i]!, 0);
      const bursts = !(sum > leastPrediction);
      if (bursts) this.bursting++;
      sums[n] = bursts ? 0 : sum;
      for (let i = first; i < first + cellsPerColumn; i++) {
        const gate = bursts ? 1 / cellsPerColumn : Math.max(predicted[i]!, 0) / sum;
        if (gate === 0) continue;
        values[i] = activation * gate;
        this.unrolling?.record(i, gate, bursts ? 0 : activation / sum);
        gates[count] = gate;
        support[count++] = i;
      }
    }
    value.count = count;
  }

  /**
   * dc_j = sum_m da_m g_m and, through the gate, dpi_prev = c_j (da_i - dc_j) / s. Cells that did not predict are not active,
   * and ReLU would stop their gradient anyway.
   */
  backward(): void {
    const { cellsPerColumn, sums, gates, unrolls } = this;
    const { value: column, gradient: columnGradient } = this.column;
    const { support: cells, count: cellCount } = this.active.value;
    const activeGradient = this.active.gradient.values;
    const predictiveGradient = this.previousPredictive.gradient;
    let at = 0;
    for (let n = 0; n < column.count; n++) {
      const j = column.support[n]!;
      const start = at;
      let sum = 0;
      for (; at < cellCount && cells[at]! < (j + 1) * cellsPerColumn; at++)
        sum += activeGradient[cells[at]!]! * gates[at]!;
      columnGradient.values[j] = columnGradient.values[j]! + sum;
      columnGradient.support[n] = j;
      if (!unrolls || sums[n] === 0) continue;
      const scale = column.values[j]! / sums[n]!;
      for (let m = start; m < at; m++) {
        const i = cells[m]!;
        predictiveGradient.values[i] = scale * (activeGradient[i]! - sum);
        predictiveGradient.support[predictiveGradient.count++] = i;
      }
    }
    columnGradient.count = column.count;
    this.unrolling?.backward();
  }

  update(): void {}
}
