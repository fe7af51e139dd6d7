import type { StepRecords } from '../network.ts';

/** One stretch of a run, averaged. */
export interface HistoryPoint {
  /** Steps done at its end. */
  step: number;
  /** Mean loss over the stretch. */
  loss: number;
  /** Mean number of bursting winners over the stretch. */
  bursting: number;
}

const mostPoints = 300;

/** The whole run in at most 300 points: when they are full, neighbours merge and each covers twice the steps. */
export class ErrorHistory {
  #points: HistoryPoint[] = [];
  #width = 1;
  #loss = 0;
  #bursting = 0;
  #count = 0;

  /** Steps that a point covers. */
  get width(): number {
    return this.#width;
  }

  get points(): readonly HistoryPoint[] {
    return this.#points;
  }

  add(records: StepRecords): void {
    for (let r = 0; r < records.count; r++) {
      this.#loss += records.loss[r]!;
      this.#bursting += records.bursting[r]!;
      if (++this.#count === this.#width) this.#close(records.firstStep + r + 1);
    }
  }

  /** Forgets what came after a step, for a run that goes back to it. */
  dropAfter(step: number): void {
    this.#points = this.#points.filter(point => point.step <= step);
    this.#loss = this.#bursting = this.#count = 0;
  }

  #close(step: number): void {
    this.#points.push({ step, loss: this.#loss / this.#count, bursting: this.#bursting / this.#count });
    this.#loss = this.#bursting = this.#count = 0;
    if (this.#points.length < mostPoints) return;
    const merged: HistoryPoint[] = [];
    for (let i = 1; i < mostPoints; i += 2) {
      const [a, b] = [this.#points[i - 1]!, this.#points[i]!];
      merged.push({ step: b.step, loss: (a.loss + b.loss) / 2, bursting: (a.bursting + b.bursting) / 2 });
    }
    this.#points = merged;
    this.#width *= 2;
  }
}
