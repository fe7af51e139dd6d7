import type { StepRecords } from '../network.ts';
import { measureWindow } from './run-measure.ts';

/** One stretch of a run, averaged. */
export interface HistoryPoint {
  /** Steps done at its end. */
  step: number;
  /** Mean loss over the stretch. */
  loss: number;
  /** Mean number of bursting winners over the stretch. */
  bursting: number;
  /** Columns that won at least once in the 1,000 steps up to its end; NaN where not all of these were seen. */
  columns: number;
}

const mostPoints = 300;

/** The whole run in at most 300 points: when they are full, neighbours merge and each covers twice the steps. */
export class ErrorHistory {
  #points: HistoryPoint[] = [];
  #width = 1;
  #loss = 0;
  #bursting = 0;
  #count = 0;
  /** Steps done when each column last won, [columns]. */
  readonly #lastWin: Float64Array;
  /** Wins are known from this step on. */
  #seenFrom: number;

  /** @param before what was seen of the run up to `firstStep`, where it is gone on with */
  constructor(columns: number, firstStep = 0, before?: Pick<ErrorHistory, 'points' | 'width'>) {
    this.#lastWin = new Float64Array(columns);
    this.#seenFrom = firstStep;
    if (!before) return;
    this.#width = before.width;
    this.#points = before.points.filter(point => point.step <= firstStep);
  }

  /** Steps that a point covers. */
  get width(): number {
    return this.#width;
  }

  get points(): readonly HistoryPoint[] {
    return this.#points;
  }

  add(records: StepRecords): void {
    const winners = records.winners.length / records.count;
    for (let r = 0; r < records.count; r++) {
      const step = records.firstStep + r + 1;
      for (let i = 0; i < winners; i++) this.#lastWin[records.winners[r * winners + i]!] = step;
      this.#loss += records.loss[r]!;
      this.#bursting += records.bursting[r]!;
      if (++this.#count === this.#width) this.#close(step);
    }
  }

  /** Forgets what came after a step, for a run that goes back to it. */
  dropAfter(step: number): void {
    this.#points = this.#points.filter(point => point.step <= step);
    this.#loss = this.#bursting = this.#count = 0;
    this.#lastWin.fill(0);
    this.#seenFrom = step;
  }

  #columnsInUse(step: number): number {
    const before = step - measureWindow;
    // A run's first steps are all that there are.
    if (this.#seenFrom > Math.max(0, before)) return Number.NaN;
    return this.#lastWin.reduce((count, last) => (last > Math.max(0, before) ? count + 1 : count), 0);
  }

  #close(step: number): void {
    this.#points.push({
      step,
      loss: this.#loss / this.#count,
      bursting: this.#bursting / this.#count,
      columns: this.#columnsInUse(step),
    });
    this.#loss = this.#bursting = this.#count = 0;
    if (this.#points.length < mostPoints) return;
    const merged: HistoryPoint[] = [];
    for (let i = 1; i < mostPoints; i += 2) {
      const [a, b] = [this.#points[i - 1]!, this.#points[i]!];
      merged.push({ ...b, loss: (a.loss + b.loss) / 2, bursting: (a.bursting + b.bursting) / 2 });
    }
    this.#points = merged;
    this.#width *= 2;
  }
}
