import type { NetworkConfig, SignalConfig } from '../model/config.ts';
import type { StepRecords } from '../network.ts';
import { type Accuracy, SymbolAccuracy } from './symbol-accuracy.ts';

/** How well and how sparsely a network does over a window of steps. */
export interface Summary {
  /** Steps done when it was taken. */
  step: number;
  /** Steps that it covers: fewer than the window's size at the start of a run. */
  steps: number;
  /** Root mean squared error of the one-step prediction. */
  rmse: number;
  /** The same of "next = present" over the same steps. */
  persistence: number;
  /** rmse / persistence; null where persistence is 0. Below 1 is better than no prediction at all. */
  ratio: number | null;
  /** Columns that won at least once. */
  columnsInUse: number;
  /** Entropy of the columns' shares of wins, over that of equal shares: 1 means all are used alike. */
  entropy: number;
  /** Share of winners that burst. */
  burstRate: number;
  /** Of symbols; null for other signals. */
  accuracy: Accuracy | null;
}

/** What the post showed at 1,000, 4,000 and 10,000 steps: a stretch of prediction against actual, and its error. */
export interface Milestone {
  step: number;
  summary: Summary;
  inputs: number;
  /** The last 200 steps before the milestone, or as many as there are, [steps, inputs]. */
  target: Float32Array;
  prediction: Float32Array;
}

export const measureWindow = 1000;
export const milestoneLength = 200;
export const defaultMilestones: readonly number[] = [1000, 4000, 10000];

/** Keeps the last 1,000 steps of a run and measures them; takes a snapshot at each milestone as it goes by. */
export class RunMeasure {
  readonly #inputs: number;
  readonly #winners: number;
  readonly #columns: number;
  readonly #squares = new Float64Array(measureWindow);
  readonly #persistenceSquares = new Float64Array(measureWindow);
  readonly #bursting = new Uint16Array(measureWindow);
  readonly #winnerRing: Uint16Array;
  readonly #wins: Uint32Array;
  /** [window, inputs] */
  readonly #targets: Float32Array;
  readonly #predictions: Float32Array;
  readonly #accuracy: SymbolAccuracy | null;
  /** The true present value, [inputs]; unknown before the first step. */
  readonly #present: Float32Array;
  /** Steps done in the run, and steps added here: a resumed run starts with an empty window. */
  #step: number;
  #added = 0;
  #filled = 0;
  #milestones: Set<number>;
  readonly #taken: Milestone[] = [];

  constructor(
    config: NetworkConfig,
    milestones: readonly number[] = defaultMilestones,
    firstStep = 0,
    wave: SignalConfig['wave'] = 'sine',
  ) {
    this.#inputs = config.inputs;
    this.#winners = config.winners;
    this.#columns = config.columns;
    this.#winnerRing = new Uint16Array(measureWindow * config.winners);
    this.#wins = new Uint32Array(config.columns);
    this.#milestones = new Set(milestones);
    this.#targets = new Float32Array(measureWindow * config.inputs);
    this.#predictions = new Float32Array(measureWindow * config.inputs);
    this.#accuracy = wave === 'highOrder' ? new SymbolAccuracy() : null;
    this.#present = new Float32Array(config.inputs);
    this.#step = firstStep;
  }

  get milestones(): readonly Milestone[] {
    return this.#taken;
  }

  /** Milestones still to come follow the new list; those taken stay. */
  setMilestones(steps: readonly number[]): void {
    this.#milestones = new Set(steps);
  }

  /** Takes in a batch. @returns the milestones that it passed. */
  add(records: StepRecords): Milestone[] {
    const passed: Milestone[] = [];
    for (let r = 0; r < records.count; r++) {
      this.#addStep(records, r);
      if (this.#milestones.has(this.#step)) passed.push(this.#snapshot());
    }
    this.#taken.push(...passed);
    return passed;
  }

  summary(): Summary {
    const n = this.#filled;
    const mean = (values: ArrayLike<number>) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += values[i]!;
      return n === 0 ? 0 : sum / n;
    };
    const rmse = Math.sqrt(mean(this.#squares));
    const persistence = Math.sqrt(mean(this.#persistenceSquares));
    let columnsInUse = 0;
    let entropy = 0;
    for (const wins of this.#wins) {
      if (wins === 0) continue;
      columnsInUse++;
      const share = wins / (n * this.#winners);
      entropy -= share * Math.log(share);
    }
    return {
      step: this.#step,
      steps: n,
      rmse,
      persistence,
      ratio: persistence > 0 ? rmse / persistence : null,
      columnsInUse,
      entropy: this.#columns > 1 ? entropy / Math.log(this.#columns) : 1,
      burstRate: mean(this.#bursting) / this.#winners,
      accuracy: this.#accuracy?.value ?? null,
    };
  }

  #addStep(records: StepRecords, r: number): void {
    const slot = this.#added % measureWindow;
    const inputs = this.#inputs;
    // In free run the input is the network's own; the true present value is the target before.
    const present = this.#present;
    if (this.#added === 0) present.set(records.input.subarray(r * inputs, (r + 1) * inputs));
    let persistenceSquares = 0;
    let squares = 0;
    // Value by value: views of a row would cost more than all else here.
    for (let i = 0; i < inputs; i++) {
      const target = records.target[r * inputs + i]!;
      const prediction = records.prediction[r * inputs + i]!;
      persistenceSquares += (target - present[i]!) ** 2 / inputs;
      squares += (target - prediction) ** 2 / inputs;
      present[i] = this.#targets[slot * inputs + i] = target;
      this.#predictions[slot * inputs + i] = prediction;
    }
    this.#squares[slot] = squares;
    this.#persistenceSquares[slot] = persistenceSquares;
    this.#accuracy?.addStep(records, r);
    this.#bursting[slot] = records.bursting[r]!;
    for (let i = 0; i < this.#winners; i++) {
      const at = slot * this.#winners + i;
      if (this.#filled === measureWindow) this.#wins[this.#winnerRing[at]!]!--;
      const column = records.winners[r * this.#winners + i]!;
      this.#winnerRing[at] = column;
      this.#wins[column]!++;
    }
    if (this.#filled < measureWindow) this.#filled++;
    this.#added++;
    this.#step++;
  }

  #snapshot(): Milestone {
    const length = Math.min(milestoneLength, this.#filled);
    const inputs = this.#inputs;
    const last = (ring: Float32Array) => {
      const rows = new Float32Array(length * inputs);
      for (let i = 0; i < length; i++) {
        const slot = (this.#added - length + i) % measureWindow;
        rows.set(ring.subarray(slot * inputs, (slot + 1) * inputs), i * inputs);
      }
      return rows;
    };
    return {
      step: this.#step,
      summary: this.summary(),
      inputs,
      target: last(this.#targets),
      prediction: last(this.#predictions),
    };
  }
}
