/** Steps at which errors are quoted: over the 1,000 before. */
export const milestones = [1000, 4000, 10000] as const;
export const studySteps = 10000;
export const quoteWindow = 1000;
/** Steps of one point of a learning curve. */
export const curveWindow = 250;
/** Steps of free run, counted from where learning stopped. */
export const freeRunSteps = [100, 500] as const;

export interface Task {
  stream: string;
  predictor: string;
  seed: number;
}

/** How DeepHTM used its columns over the last 1,000 steps of learning. */
export interface ColumnUse {
  inUse: number;
  entropy: number;
  burstRate: number;
}

/** What one predictor did on one stream with one seed. */
export interface Result extends Task {
  /** RMSE and its ratio to persistence, at each milestone. */
  rmse: number[];
  ratio: number[];
  /** RMSE of each `curveWindow` steps. */
  curve: number[];
  /** Over 1,000 steps more with the weights still but column statistics going on, as a ratio to persistence. */
  weightsStillRatio: number;
  /** Over 1,000 steps after those with all learning off, as a ratio to persistence. */
  frozenRatio: number;
  /** RMSE of the first 100 and of all 500 steps on its own predictions. */
  freeRun: number[];
  columns: ColumnUse | null;
}

/** RMSE over steps `from` to `to` of rows of input and target; persistence predicts each row's input. */
export function rmse(rows: Float32Array, predictions: ArrayLike<number>, from: number, to: number): number {
  let squares = 0;
  for (let t = from; t < to; t++) squares += (predictions[t]! - rows[2 * t + 1]!) ** 2;
  return Math.sqrt(squares / (to - from));
}

export function persistenceRmse(rows: Float32Array, from: number, to: number): number {
  let squares = 0;
  for (let t = from; t < to; t++) squares += (rows[2 * t]! - rows[2 * t + 1]!) ** 2;
  return Math.sqrt(squares / (to - from));
}
