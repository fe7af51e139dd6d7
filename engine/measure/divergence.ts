import type { Floors } from '../data/floors.ts';
import type { SignalConfig } from '../model/config.ts';
import type { Mode, StepRecords } from '../network.ts';

/** Steps that the loss is averaged over: a single bad prediction is no divergence. */
export const divergenceWindow = 200;
const timesFloor = 100;

/**
 * The mean loss beyond which a network has diverged: 100 times that of repeating the present value, and beyond what any
 * network has that has not learned yet. Slow waves need the second: 100 times their floor is less than saying nothing.
 */
export const divergenceLimit = ({ amplitude, noise }: SignalConfig, { persistence }: Floors): number =>
  Math.max(timesFloor * persistence ** 2, amplitude ** 2 + noise ** 2);

/** Tells when a network that learns has diverged. */
export class DivergenceWatch {
  readonly #losses = new Float64Array(divergenceWindow);
  #count = 0;
  #sum = 0;
  #limit: number;
  #learning: boolean;
  /** Whether a loss above the limit is the network's own doing. */
  #armed = true;
  #lastPrediction = Number.NaN;
  #lastTarget = Number.NaN;

  constructor(limit: number, mode: Mode) {
    this.#limit = limit;
    this.#learning = mode.learning && !mode.freeRun;
  }

  /** The mean loss over the window. */
  get loss(): number {
    return this.#sum / Math.min(this.#count, divergenceWindow);
  }

  /** The network learns, and has kept below the limit for a whole window. */
  get calm(): boolean {
    return this.#learning && this.#count >= divergenceWindow && this.loss <= this.#limit;
  }

  /** What comes now cannot be held against the network until it has been below the limit once. */
  forget(): void {
    this.#count = this.#sum = 0;
    this.#armed = false;
  }

  setLimit(limit: number): void {
    this.#limit = limit;
    this.forget();
  }

  /** Only a network that learns can diverge: a dream may drift as it likes. */
  setMode({ learning, freeRun }: Mode): void {
    this.#learning = learning && !freeRun;
    this.forget();
  }

  /** @returns steps done when the network had diverged, or null */
  add(records: StepRecords): number | null {
    const inputs = records.input.length / records.count;
    for (let r = 0; r < records.count; r++) {
      const loss = records.loss[r]!;
      if (!Number.isFinite(loss)) {
        this.#sum = loss;
        return records.firstStep + r + 1;
      }
      // A step that was fed the prediction before it was dreamt, and came late.
      const input = records.input[r * inputs];
      const dreamt = input === this.#lastPrediction && input !== this.#lastTarget;
      this.#lastPrediction = records.prediction[r * inputs]!;
      this.#lastTarget = records.target[r * inputs]!;
      if (dreamt) this.forget();
      else if (this.#learning && this.#exceeds(loss)) return records.firstStep + r + 1;
    }
    return null;
  }

  #exceeds(loss: number): boolean {
    const slot = this.#count % divergenceWindow;
    if (this.#count >= divergenceWindow) this.#sum -= this.#losses[slot]!;
    this.#losses[slot] = loss;
    this.#sum += loss;
    this.#count++;
    if (this.#count < divergenceWindow) return false;
    if (this.loss <= this.#limit) this.#armed = true;
    return this.#armed && this.loss > this.#limit;
  }
}
