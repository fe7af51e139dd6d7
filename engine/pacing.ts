/** Work in a batch: short enough that a page's changes are heard at once, long enough to hide a submit's cost. */
const batchMilliseconds = 8;
const largestBatch = 2048;

/** Sizes batches by how fast the last ones came back. */
export class BatchPacer {
  #size = 4;
  #last = 0;

  get batchSize(): number {
    return this.#size;
  }

  start(): void {
    this.#last = performance.now();
  }

  finished(steps: number): void {
    const now = performance.now();
    const wanted = (steps * batchMilliseconds) / Math.max(now - this.#last, 0.1);
    this.#last = now;
    // At most double or halve: one odd batch must not set off a long one.
    const size = Math.min(Math.max(wanted, this.#size / 2), this.#size * 2);
    this.#size = Math.min(Math.max(Math.round(size), 1), largestBatch);
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
