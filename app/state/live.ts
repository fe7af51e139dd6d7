import type { StepRecords } from '../../engine/network.ts';
import type { Scene } from '../network/scene.ts';
import type { Drawing } from '../shared/canvas.ts';
import type { Frame } from '../worker/protocol.ts';
import { DrawingPace } from './drawing-pace.ts';

/** Steps that views look at. */
export const liveCapacity = 1024;
/** Steps that are held, so that views can go back by as many as they look at. */
export const ringCapacity = 2 * liveCapacity;

/** The last steps of a run in rings: `at(i)` is the ring's place of step `i` (counted from 0). */
export class LiveSteps {
  /** First channel only. */
  readonly target = new Float32Array(ringCapacity);
  readonly prediction = new Float32Array(ringCapacity);
  readonly input = new Float32Array(ringCapacity);
  readonly loss = new Float32Array(ringCapacity);
  readonly bursting = new Uint16Array(ringCapacity);
  /** All channels, [capacity, inputs]. */
  targetRows = new Float32Array(0);
  predictionRows = new Float32Array(0);
  /** [capacity, winnerCount], by descending score. */
  winners = new Uint16Array(0);
  winnerCount = 0;
  /** Steps done; those from `first` up to here are shown. */
  end = 0;
  first = 0;
  /** The first of those held. */
  held = 0;

  readonly at = (step: number): number => step % ringCapacity;

  /** The steps as they were when `end` of them had been done, in the same rings or in rings of their own. */
  upTo(end: number, rings: 'shared' | 'own' = 'shared'): LiveSteps {
    const past = new LiveSteps();
    Object.assign(past, this, { end, first: Math.max(this.held, end - liveCapacity) });
    if (rings === 'own') for (const name of ringNames) Object.assign(past, { [name]: this[name].slice() });
    return past;
  }

  clear(step: number, winnerCount: number): void {
    this.held = this.first = this.end = step;
    this.winnerCount = winnerCount;
    this.winners = new Uint16Array(ringCapacity * winnerCount);
  }

  push(records: StepRecords): void {
    const inputs = records.input.length / records.count;
    if (this.targetRows.length !== ringCapacity * inputs) {
      this.targetRows = new Float32Array(ringCapacity * inputs);
      this.predictionRows = new Float32Array(ringCapacity * inputs);
    }
    // A gap means that reports were skipped: what is held is no longer a stretch.
    if (records.firstStep !== this.end) this.held = records.firstStep;
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
    this.held = Math.max(this.held, this.end - ringCapacity);
    this.first = Math.max(this.held, this.end - liveCapacity);
  }
}

const ringNames = [
  'target',
  'prediction',
  'input',
  'loss',
  'bursting',
  'targetRows',
  'predictionRows',
  'winners',
] as const;

/** The last steps of the run as it stands. */
export const newest = new LiveSteps();

/**
 * What changes with every step, kept out of React: the newest steps, or those up to the moment that is looked back at
 * (`moment.ts`). Views draw when told to, at most once a frame: see `useDrawing` in `shared/canvas.ts`.
 */
export const live = {
  steps: newest,
  frame: null as Frame | null,
  /** What a step in slow motion lays over the network; null when it is shown as it is. */
  overlay: null as ((drawing: Drawing, scene: Scene) => void) | null,
};

const listeners = new Set<() => void>();
let scheduled = false;

/** How often to draw what comes faster than it can be followed. */
export const drawingPace = new DrawingPace();

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
    drawingPace.begin();
    for (const listener of listeners) listener();
  });
}
