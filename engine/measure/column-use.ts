import type { StepRecords } from '../network.ts';
import { measureWindow } from './run-measure.ts';

/** How evenly columns are used, at a point of a run. */
export interface UsePoint {
  /** Steps done. */
  readonly step: number;
  /** Normalised entropy of the columns' shares of wins over the last 1,000 steps, or as many as there are. */
  readonly entropy: number;
  /** Columns that won at least once in them. */
  readonly inUse: number;
}

/**
 * Entropy of shares of wins over that of equal shares: 1 when all columns win alike, 0 when one wins always.
 * @param wins of each column
 */
export function normalisedEntropy(wins: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < wins.length; i++) total += wins[i]!;
  if (total === 0 || wins.length < 2) return 0;
  let entropy = 0;
  for (let i = 0; i < wins.length; i++) {
    if (wins[i]! <= 0) continue;
    const share = wins[i]! / total;
    entropy -= share * Math.log(share);
  }
  return entropy / Math.log(wins.length);
}

/** Steps between points at first, and points at most: when they are full, every other one is dropped. */
const firstInterval = 10;
const mostPoints = 300;

/** Follows how evenly columns are used over a whole run, in at most 300 points. */
export class ColumnUse {
  readonly #wins: Uint32Array;
  readonly #ring: Uint16Array;
  readonly #winners: number;
  #added = 0;
  #interval = firstInterval;
  #points: UsePoint[] = [];

  constructor({ columns, winners }: { columns: number; winners: number }) {
    this.#wins = new Uint32Array(columns);
    this.#ring = new Uint16Array(measureWindow * winners);
    this.#winners = winners;
  }

  get points(): readonly UsePoint[] {
    return this.#points;
  }

  add(records: StepRecords): void {
    for (let r = 0; r < records.count; r++) {
      this.#addWinners(records.winners, r * this.#winners);
      const step = records.firstStep + r + 1;
      if (step % this.#interval === 0) this.#take(step);
    }
  }

  /** Forgets what came after a step, for a run that goes back to it. */
  dropAfter(step: number): void {
    this.#points = this.#points.filter(point => point.step <= step);
    this.#wins.fill(0);
    this.#added = 0;
  }

  #addWinners(winners: Uint32Array, from: number): void {
    const slot = (this.#added % measureWindow) * this.#winners;
    for (let i = 0; i < this.#winners; i++) {
      if (this.#added >= measureWindow) this.#wins[this.#ring[slot + i]!]!--;
      const column = winners[from + i]!;
      this.#ring[slot + i] = column;
      this.#wins[column]!++;
    }
    this.#added++;
  }

  #take(step: number): void {
    let inUse = 0;
    for (const wins of this.#wins) if (wins > 0) inUse++;
    this.#points.push({ step, entropy: normalisedEntropy(this.#wins), inUse });
    if (this.#points.length < mostPoints) return;
    this.#interval *= 2;
    this.#points = this.#points.filter(point => point.step % this.#interval === 0);
  }
}
