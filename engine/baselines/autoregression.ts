import type { Predictor } from './predictor.ts';

/** Inverse of the ridge that keeps the first fits finite; small beside 100 values of a wave of amplitude 1. */
const initialCovariance = 1e6;

/**
 * A linear combination of the last `order` values, fitted to all values so far by recursive least squares: the exact
 * answer for any sum of `order / 2` sines. Equations: Haykin, *Adaptive Filter Theory*, chapter on the RLS algorithm, with a
 * forgetting factor of 1.
 */
export class Autoregression implements Predictor {
  learning = true;
  readonly #order: number;
  /** Newest first, [order]. */
  readonly #history: Float64Array;
  readonly #weights: Float64Array;
  /** Inverse of the regularised correlation of histories, [order, order], symmetric. */
  readonly #covariance: Float64Array;
  readonly #gain: Float64Array;
  #seen = 0;

  constructor(order: number) {
    this.#order = order;
    this.#history = new Float64Array(order);
    this.#weights = new Float64Array(order);
    this.#covariance = new Float64Array(order * order);
    this.#gain = new Float64Array(order);
    for (let i = 0; i < order; i++) this.#covariance[i * order + i] = initialCovariance;
  }

  step(input: number): number {
    // A history that is partly zeros, from before the start, would be learned from for ever.
    if (this.learning && this.#seen >= this.#order) this.#learn(input);
    this.#history.copyWithin(1, 0);
    this.#history[0] = input;
    this.#seen++;
    return this.#predict();
  }

  #predict(): number {
    let sum = 0;
    for (let i = 0; i < this.#order; i++) sum += this.#weights[i]! * this.#history[i]!;
    return sum;
  }

  /** k = P x / (1 + x'P x), w += k (target - w'x), P -= k (P x)' */
  #learn(target: number): void {
    const order = this.#order;
    const error = target - this.#predict();
    let spread = 1;
    for (let i = 0; i < order; i++) {
      let sum = 0;
      for (let j = 0; j < order; j++) sum += this.#covariance[i * order + j]! * this.#history[j]!;
      this.#gain[i] = sum;
      spread += sum * this.#history[i]!;
    }
    for (let i = 0; i < order; i++) {
      this.#weights[i]! += (this.#gain[i]! / spread) * error;
      for (let j = 0; j < order; j++)
        this.#covariance[i * order + j]! -= (this.#gain[i]! * this.#gain[j]!) / spread;
    }
  }
}
