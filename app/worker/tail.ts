import type { NetworkConfig } from '../../engine/model/config.ts';
import type { StepRecords } from '../../engine/network.ts';

/** Steps that a report carries at most: as many as the page can show. */
const mostSteps = 1024;

/** The last steps since they were taken. */
export class Tail {
  readonly #inputs: number;
  readonly #winners: number;
  #batches: StepRecords[] = [];
  #count = 0;

  constructor({ inputs, winners }: NetworkConfig) {
    this.#inputs = inputs;
    this.#winners = winners;
  }

  add(records: StepRecords): void {
    this.#batches.push(records);
    this.#count += records.count;
    while (this.#count - this.#batches[0]!.count >= mostSteps) this.#count -= this.#batches.shift()!.count;
  }

  /** Hands over at most 1,024 steps as one batch of its own arrays, and starts afresh; null when there were none. */
  take(): StepRecords | null {
    const taken = this.copy();
    this.clear();
    return taken;
  }

  /** At most 1,024 steps as one batch of its own arrays; null when there were none. */
  copy(): StepRecords | null {
    const count = Math.min(this.#count, mostSteps);
    if (count === 0) return null;
    const batches = this.#batches;
    const skipped = this.#count - count;
    const values = (width: number, of: (records: StepRecords) => Float32Array) =>
      join(new Float32Array(count * width), batches.map(of), skipped * width);
    const indices = (width: number, of: (records: StepRecords) => Uint32Array) =>
      join(new Uint32Array(count * width), batches.map(of), skipped * width);
    return {
      firstStep: batches[0]!.firstStep + skipped,
      count,
      input: values(this.#inputs, r => r.input),
      target: values(this.#inputs, r => r.target),
      prediction: values(this.#inputs, r => r.prediction),
      loss: values(1, r => r.loss),
      bursting: indices(1, r => r.bursting),
      winners: indices(this.#winners, r => r.winners),
    };
  }

  clear(): void {
    this.#batches = [];
    this.#count = 0;
  }
}

/** Fills `into` with the parts one after another, less the first `skipped` values. */
function join<A extends Float32Array | Uint32Array>(into: A, parts: readonly A[], skipped: number): A {
  let at = -skipped;
  for (const part of parts) {
    into.set(at < 0 ? part.subarray(-at) : part, Math.max(at, 0));
    at += part.length;
  }
  return into;
}

/** The memory behind a batch, to be handed to another thread rather than copied. */
export const buffersOf = (records: StepRecords | null): ArrayBuffer[] =>
  records === null
    ? []
    : [
        records.input,
        records.target,
        records.prediction,
        records.loss,
        records.bursting,
        records.winners,
      ].map(array => array.buffer as ArrayBuffer);
