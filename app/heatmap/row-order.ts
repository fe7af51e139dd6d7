import type { LiveSteps } from '../state/live.ts';
import { orderByPhase, preferredPhases } from './preferred-phase.ts';

/** How columns are spread over the rows of a heatmap. */
export interface HeatmapRows {
  readonly count: number;
  /** Row of each column; -1 for one that has none. */
  readonly rowOf: Int32Array;
  /** Columns from top to bottom; several share a row where there are more of them than rows. */
  readonly order: readonly number[];
  /** Columns without a row, because they won at no step that is held. */
  readonly unused: number;
  /** The phase that each column prefers, where rows are sorted by it. */
  readonly phases: Float32Array | null;
}

export const columnsInRow = ({ order, count }: HeatmapRows, row: number): readonly number[] =>
  order.slice(Math.ceil((row * order.length) / count), Math.ceil(((row + 1) * order.length) / count));

function spread(order: readonly number[], columns: number, mostRows: number): HeatmapRows {
  const count = Math.max(1, Math.min(order.length, mostRows));
  const rowOf = new Int32Array(columns).fill(-1);
  order.forEach((column, i) => {
    rowOf[column] = Math.floor((i * count) / order.length);
  });
  return { count, rowOf, order, unused: columns - order.length, phases: null };
}

export const rowsByIndex = (columns: number, mostRows: number): HeatmapRows =>
  spread(
    Array.from({ length: columns }, (_, column) => column),
    columns,
    mostRows,
  );

export function rowsByPhase(
  steps: LiveSteps,
  columns: number,
  period: number,
  mostRows: number,
): HeatmapRows {
  const phases = preferredPhases(steps, columns, period);
  return { ...spread(orderByPhase(phases), columns, mostRows), phases };
}

const refreshMilliseconds = 1000;

/** Keeps rows where they are for a while: an order that follows every step could not be read. */
export class RowOrder {
  #rows: HeatmapRows | null = null;
  #key = '';
  #end = 0;
  #time = 0;

  /**
   * @param period of the signal to sort by phase, null to sort by index
   * @param settled true when no more steps are coming: the order is then that of the steps that are shown
   */
  rows(
    steps: LiveSteps,
    columns: number,
    period: number | null,
    mostRows: number,
    settled: boolean,
  ): HeatmapRows {
    const key = `${columns} ${period} ${mostRows}`;
    const now = performance.now();
    const news = steps.end !== this.#end && (settled || now - this.#time >= refreshMilliseconds);
    if (this.#rows && key === this.#key && steps.end >= this.#end && (period === null || !news))
      return this.#rows;
    this.#key = key;
    this.#end = steps.end;
    this.#time = now;
    this.#rows =
      period === null ? rowsByIndex(columns, mostRows) : rowsByPhase(steps, columns, period, mostRows);
    return this.#rows;
  }
}
