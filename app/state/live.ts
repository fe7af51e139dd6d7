import type { StepRecords } from '../../engine/network.ts';
import type { Frame } from '../worker/protocol.ts';

export const liveCapacity = 1024;

/** The last steps of a run in rings: `at(i)` is the ring's place of step `i` (counted from 0). */
export class LiveSteps {
  /** First channel only. */
  readonly target = new Float32Array(liveCapacity);
  readonly prediction = new Float32Array(liveCapacity);
  readonly input = new Float32Array(liveCapacity);
  readonly loss = new Float32Array(liveCapacity);
  readonly bursting = new Uint16Array(liveCapacity);
  /** All channels, [capacity, inputs]. */
  targetRows = new Float32Array(0);
  predictionRows = new Float32Array(0);
  /** [capacity, winnerCount], by descending score. */
  winners = new Uint16Array(0);
  winnerCount = 0;
  /** Steps done; those from `first` up to here are held. */
  end = 0;
  first = 0;

  readonly at = (step: number): number => step % liveCapacity;

  clear(step: number, winnerCount: number): void {
    this.first = this.end = step;
    this.winnerCount = winnerCount;
    this.winners = new Uint16Array(liveCapacity * winnerCount);
  }

  push(records: StepRecords): void {
    const inputs = records.input.length / records.count;
    if (this.targetRows.length !== liveCapacity * inputs) {
      this.targetRows = new Float32Array(liveCapacity * inputs);
      this.predictionRows = new Float32Array(liveCapacity * inputs);
    }
    // A gap means that reports were skipped: what is held is no longer a stretch.
    if (records.firstStep !== this.end) this.first = records.firstStep;
    for (let r = 0; r < records.count; r++) {
      const slot = this.at(records.firstStep + r);
      this.input[slot] = records.input[r * inputs]!;
      this.target[slot] = records.target[r * inputs]!;
      this.prediction[slot] = records.prediction[r * inputs]!;
      const row = (of: Float32Array) => of.subarray(r * inputs, (r + 1) * inputs);
      this.targetRows.set(row(records.target), slot * inputs);
      this.predictionRows.set(row(records.prediction), slot * inputs);
      this.loss[slot] = records.loss[r]!;
      this.bursting[slot] = records.bursting[r]!;
      for (let i = 0; i < this.winnerCount; i++)
        this.winners[slot * this.winnerCount + i] = records.winners[r * this.winnerCount + i]!;
    }
    this.end = records.firstStep + records.count;
    this.first = Math.max(this.first, this.end - liveCapacity);
  }
}

/**
 * What changes with every step, kept out of React. Views draw when told to, at most once a frame: see
 * `useDrawing` in `shared/canvas.ts`.
 */
export const live = {
  steps: new LiveSteps(),
  frame: null as Frame | null,
};

const listeners = new Set<() => void>();
let scheduled = false;

/** Calls `listener` before the next paint after anything in `live` changed. @returns a function that stops it */
export function onLiveChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function announceLiveChange(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    for (const listener of listeners) listener();
  });
}
