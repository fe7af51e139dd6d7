/** Work in a batch where starting one costs nothing: short enough that a page's changes are heard at once. */
const batchMilliseconds = 8;
/** Where starting one is slow, as on a GPU that others use too, a batch takes this many times as long as that. */
const overheadShare = 4;
const mostMilliseconds = 250;
const largestBatch = 2048;
/** Batches that are timed before the size changes. */
const timedBatches = 4;

/**
 * Sizes batches by how fast the last ones came back: their time is taken as a fixed part and a part for each step,
 * told apart by comparing two sizes. Dividing time by steps alone would take a slow start for slow steps, and make
 * batches ever smaller.
 */
export class BatchPacer {
  #size = 4;
  #last = 0;
  #times: number[] = [];
  /** The last other size, and the milliseconds that it took. */
  #other: { size: number; time: number } | null = null;

  get batchSize(): number {
    return this.#size;
  }

  start(now = performance.now()): void {
    this.#last = now;
    this.#times = [];
  }

  finished(steps: number, now = performance.now()): void {
    const time = now - this.#last;
    this.#last = now;
    // The last batch of a run may be smaller, and the first still of the size before.
    if (steps !== this.#size) return;
    this.#times.push(time);
    if (this.#times.length < timedBatches) return;
    const median = this.#times.sort((a, b) => a - b)[timedBatches >> 1]!;
    this.#times = [];
    const size = this.#nextSize(median);
    if (size === this.#size) return;
    this.#other = { size: this.#size, time: median };
    this.#size = size;
  }

  #nextSize(time: number): number {
    const other = this.#other;
    const slope = other ? (time - other.time) / (this.#size - other.size) : time / this.#size;
    // Noise can make more steps look free, or even a gain.
    const perStep = Math.min(Math.max(slope, time / this.#size / 100), time / this.#size);
    const fixed = time - perStep * this.#size;
    const budget = Math.min(Math.max(batchMilliseconds, overheadShare * fixed), mostMilliseconds);
    const wanted = Math.min(Math.max(budget / perStep, this.#size / 2), this.#size * 2);
    // A small change tells little of the slope and gains less.
    if (wanted > this.#size / 1.25 && wanted < this.#size * 1.25) return this.#size;
    return Math.min(Math.max(Math.round(wanted), 1), largestBatch);
  }
}

/** Lets messages and timers be heard before going on; a timer would wait 4 ms for it. */
export const nextTask: () => Promise<void> =
  'setImmediate' in globalThis ? () => new Promise(resolve => setImmediate(resolve)) : taskByMessage();

function taskByMessage(): () => Promise<void> {
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise(resolve => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    });
}
