import type { NetworkConfig } from '../../engine/model/config.ts';
import type { Frame } from '../worker/protocol.ts';

/**
 * idle: silent. correct: active, and it predicted so the step before. burst: active because its column won
 * unpredicted, as are all cells of that column. missed: it predicted, but its column lost.
 */
export type CellState = 'idle' | 'correct' | 'burst' | 'missed';

/** What the columns and cells of a frame are doing. */
export interface Activity {
  /** By descending score. */
  readonly winners: readonly number[];
  /** For each column its place among the winners from 0, or -1. */
  readonly rank: Int16Array;
  /** Winners that nothing predicted. */
  readonly bursting: ReadonlySet<number>;
}

/** Below this sum of its cells' predictions a winning column bursts: model's step 5. */
export const unpredicted = 1e-9;

/** @returns null when the frame is of another network than `config`'s, or has no activity yet */
export function activityOf(frame: Frame | null, config: NetworkConfig): Activity | null {
  // Before the first step the winners are as zeroed memory has them: column 0, as often as there are winners.
  if (!frame?.step) return null;
  const winning = frame.tensors.get('activity.winners');
  const previous = frame.tensors.get('previous.predictive');
  const { columns, cellsPerColumn } = config;
  if (!winning || winning.length !== config.winners || previous?.length !== columns * cellsPerColumn)
    return null;
  const winners = [...winning];
  const rank = new Int16Array(columns).fill(-1);
  const bursting = new Set<number>();
  for (const [place, column] of winners.entries()) {
    rank[column] = place;
    let predicted = 0;
    for (let m = 0; m < cellsPerColumn; m++) predicted += Math.max(0, previous[column * cellsPerColumn + m]!);
    if (predicted <= unpredicted) bursting.add(column);
  }
  return { winners, rank, bursting };
}

/** @param predicted what the cell predicted the step before, from `previous.predictive` */
export function cellState(activity: Activity, column: number, predicted: number): CellState {
  if (activity.rank[column]! < 0) return predicted > 0 ? 'missed' : 'idle';
  if (activity.bursting.has(column)) return 'burst';
  return predicted > 0 ? 'correct' : 'idle';
}

/** The share of its column's activation that goes to each cell: model's step 5. All zero for a loser. */
export function gatesOf(
  activity: Activity,
  previousPredictive: Float32Array,
  column: number,
  cellsPerColumn: number,
): number[] {
  if (activity.rank[column]! < 0) return new Array(cellsPerColumn).fill(0);
  if (activity.bursting.has(column)) return new Array(cellsPerColumn).fill(1 / cellsPerColumn);
  const predicted = Array.from({ length: cellsPerColumn }, (_, m) =>
    Math.max(0, previousPredictive[column * cellsPerColumn + m]!),
  );
  const sum = predicted.reduce((a, b) => a + b, 0);
  return predicted.map(p => p / sum);
}
