import { isAmbiguous, isPredictable, symbolOf, symbols } from '../data/symbols.ts';
import type { StepRecords } from '../network.ts';

/** What a step's accuracy is told from. */
type Answers = Pick<StepRecords, 'target' | 'prediction'>;

/** Shares of symbols that were predicted right; null before any came. */
export interface Accuracy {
  /** Of the last 250 that followed C, where only memory tells D from Y: without any, half of them. */
  ambiguous: number | null;
  /** Of the last 750 that can be known beforehand: all but the first of a sequence. */
  predictable: number | null;
}

export const ambiguousWindow = 250;
/** As many steps as 250 sequences take, of which three in four can be predicted. */
const predictableWindow = 3 * ambiguousWindow;

/** Share that is right of the last ones. */
class Share {
  readonly #right: Uint8Array;
  #count = 0;
  #sum = 0;

  constructor(window: number) {
    this.#right = new Uint8Array(window);
  }

  add(right: boolean): void {
    const slot = this.#count++ % this.#right.length;
    this.#sum += Number(right) - this.#right[slot]!;
    this.#right[slot] = Number(right);
  }

  get value(): number | null {
    return this.#count === 0 ? null : this.#sum / Math.min(this.#count, this.#right.length);
  }
}

/** How often the symbol that a network expects most is the one that comes. */
export class SymbolAccuracy {
  readonly #ambiguous = new Share(ambiguousWindow);
  readonly #predictable = new Share(predictableWindow);

  add(records: StepRecords): void {
    for (let r = 0; r < records.count; r++) this.addStep(records, r);
  }

  /** Takes in one step of a batch. A target tells its place in the sequence, also when inputs are the network's own. */
  addStep({ target, prediction }: Answers, r: number): void {
    const came = symbolOf(target, r);
    if (!isPredictable(came)) return;
    const values = prediction.subarray(r * symbols.length, (r + 1) * symbols.length);
    // No symbol is expected where all values are alike, or none is a number.
    const right = symbolOf(values) === came && values.some(value => value < values[came]!);
    this.#predictable.add(right);
    if (isAmbiguous(came)) this.#ambiguous.add(right);
  }

  get value(): Accuracy {
    return { ambiguous: this.#ambiguous.value, predictable: this.#predictable.value };
  }
}
