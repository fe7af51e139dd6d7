/** Steps at which errors are quoted: over the 1,000 before. */
export const milestones = [1000, 4000, 10000] as const;
export const studySteps = 10000;
export const quoteWindow = 1000;
/** Steps of one point of a learning curve. */
export const curveWindow = 250;
/** Steps of free run, counted from where learning stopped. */
export const freeRunSteps = [100, 500] as const;

/** `wave`: 10,000 steps of one stream, then frozen and free; `change`: a stream that changes; `symbols`: high-order sequences. */
export type Trial = 'wave' | 'change' | 'symbols';

export interface Task {
  trial: Trial;
  /** The stream's name; that of the change or of the symbols for the other trials. */
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
export interface WaveResult extends Task {
  trial: 'wave';
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
  /** How far the root mean square about the mean of steps 100 to 500 of free run is off the true wave's, as a share of it. */
  amplitudeError: number;
  /**
   * How far the mean period of the 500 steps of free run is off the true one, as a share of it; infinite where nothing
   * comes round, null for streams without one period.
   */
  periodError: number | null;
  columns: ColumnUse | null;
}

/** What one predictor did when a stream changed under it, and changed back. */
export interface ChangeResult extends Task {
  trial: 'change';
  /** RMSE over the 1,000 steps before the change, after it, and after the way back. */
  before: number;
  after: number;
  back: number;
  /** Steps after the change until the error of the last `curveWindow` is a quarter of persistence; null if not in time. */
  stepsToRecover: number | null;
  /** RMSE of each `curveWindow` steps. */
  curve: number[];
}

/** What one predictor did on high-order sequences whose endings are swapped half-way. */
export interface SymbolResult extends Task {
  trial: 'symbols';
  /** Share of the last 250 ambiguous symbols before the swap that were predicted. */
  accuracy: number;
  /** Symbols until 99% of the last 250 ambiguous ones were predicted; null if not before the swap. */
  symbolsToLearn: number | null;
  /** The same from the swap on, counted in symbols after it and over places after it alone. */
  symbolsToRecover: number | null;
  /** Share of the last 250 ambiguous symbols predicted, after each 250 symbols. */
  curve: number[];
  columns: ColumnUse | null;
}

export type Result = WaveResult | ChangeResult | SymbolResult;

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

/** RMSE of each `curveWindow` steps. */
export const curveOf = (rows: Float32Array, predictions: ArrayLike<number>): number[] =>
  Array.from({ length: rows.length / 2 / curveWindow }, (_, i) =>
    rmse(rows, predictions, i * curveWindow, (i + 1) * curveWindow),
  );
