import type { Predictor } from './predictor.ts';

/** Inverse of the ridge that keeps the first fits finite; small beside 100 values of a wave of amplitude 1. */
const initialCovariance = 1e6;
/** Below this, what is new in a history is rounding. */
const leastSpread = 1e-9;

/**
 * A linear combination of the last `order` values of all channels, fitted to all values so far by recursive least squares:
 * the exact answer for any sum of `order / 2` sines. Equations: Haykin, *Adaptive Filter Theory*, chapter on the RLS
 * algorithm. All channels have the same history, so one covariance and one gain serve them all.
 *
 * With `forgetting` below 1, older errors count less, but only in the directions that the signal takes (directional
 * forgetting: Kulhavy 1987): the others would grow without end on a signal of few tones.
 */
export class Autoregression implements Predictor {
  learning = true;
  readonly inputs: number;
  readonly #forgetting: number;
  /** Newest value first, [order, inputs]. */
  readonly #history: Float64Array;
  /** [inputs, order * inputs] */
  readonly #weights: Float64Array;
  /** Inverse of the regularised correlation of histories, [order * inputs, order * inputs], symmetric. */
  readonly #covariance: Float64Array;
  readonly #gain: Float64Array;
  readonly #prediction: Float64Array;
  readonly #order: number;
  #seen = 0;

  constructor(order: number, inputs = 1, forgetting = 1) {
    const terms = order * inputs;
    this.#order = order;
    this.inputs = inputs;
    this.#forgetting = forgetting;
    this.#history = new Float64Array(terms);
    this.#weights = new Float64Array(inputs * terms);
    this.#covariance = new Float64Array(terms * terms);
    this.#gain = new Float64Array(terms);
    this.#prediction = new Float64Array(inputs);
    for (let i = 0; i < terms; i++) this.#covariance[i * terms + i] = initialCovariance;
  }

  step(input: ArrayLike<number>): Float64Array {
    // A history that is partly zeros, from before the start, would be learned from for ever.
    if (this.learning && this.#seen >= this.#order) this.#learn(input);
    this.#history.copyWithin(this.inputs, 0);
    this.#history.set(input);
    this.#seen++;
    return this.#predict();
  }

  #predict(): Float64Array {
    const terms = this.#history.length;
    for (let channel = 0; channel < this.inputs; channel++) {
      let sum = 0;
      for (let i = 0; i < terms; i++) sum += this.#weights[channel * terms + i]! * this.#history[i]!;
      this.#prediction[channel] = sum;
    }
    return this.#prediction;
  }

  /**
   * For s = x'P x and a forgetting factor f: k = P x / (1 + s), w += k (target - w'x), and
   * P -= (P x)(P x)' (f - (1 - f) / s) / (f (1 + s)), which for f = 1 is P -= k (P x)'.
   */
  #learn(target: ArrayLike<number>): void {
    const terms = this.#history.length;
    const f = this.#forgetting;
    this.#predict();
    let spread = 0;
    for (let i = 0; i < terms; i++) {
      let sum = 0;
      for (let j = 0; j < terms; j++) sum += this.#covariance[i * terms + j]! * this.#history[j]!;
      this.#gain[i] = sum;
      spread += sum * this.#history[i]!;
    }
    const learned = f === 1 ? 1 : spread > leastSpread ? 1 - (1 - f) / (f * spread) : 0;
    for (let i = 0; i < terms; i++) {
      const gain = this.#gain[i]! / (1 + spread);
      for (let channel = 0; channel < this.inputs; channel++)
        this.#weights[channel * terms + i]! += gain * (target[channel]! - this.#prediction[channel]!);
      for (let j = 0; j < terms; j++) this.#covariance[i * terms + j]! -= learned * gain * this.#gain[j]!;
    }
  }
}
