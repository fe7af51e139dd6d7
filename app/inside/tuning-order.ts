/** What every column is tuned to. */
export interface TuningSheet {
  /** Values of the one channel; of symbols, their numbers. */
  readonly input: Float32Array;
  /** [columns, those] */
  readonly score: Float32Array;
  /** [columns, those] */
  readonly wins: Uint8Array;
}

export interface TuningOrder {
  /** Columns that win somewhere, by the input that they prefer, the lowest first. */
  readonly winning: readonly number[];
  /** Those that win nowhere, by where they score best. */
  readonly idle: readonly number[];
}

/** The input that a column prefers: the middle of those that it wins, or where it scores best if it wins none. */
export function preferredInput({ input, score, wins }: TuningSheet, column: number): number {
  const count = input.length;
  let [sum, won, best] = [0, 0, 0];
  for (let n = 0; n < count; n++) {
    if (wins[column * count + n]) {
      sum += input[n]!;
      won++;
    }
    if (score[column * count + n]! > score[column * count + best]!) best = n;
  }
  return won > 0 ? sum / won : input[best]!;
}

export function tuningOrder(sheet: TuningSheet): TuningOrder {
  const count = sheet.input.length;
  const columns = sheet.score.length / count;
  const preferred = Array.from({ length: columns }, (_, column) => preferredInput(sheet, column));
  const sorted = Array.from(preferred.keys()).sort((a, b) => preferred[a]! - preferred[b]! || a - b);
  const wins = (column: number) => sheet.wins.subarray(column * count, (column + 1) * count).includes(1);
  return { winning: sorted.filter(wins), idle: sorted.filter(column => !wins(column)) };
}
