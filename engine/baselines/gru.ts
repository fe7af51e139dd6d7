import { GruCell } from './gru-cell.ts';
import type { Predictor } from './predictor.ts';

const hidden = 64;
const window = 20;
const learningRate = 0.003;
const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

export interface GruOptions {
  inputs?: number;
  /** Steps after which the learning rate has halved; infinite for one that stays. */
  halfLife?: number;
}

/**
 * 64 gated recurrent units that learn at every step by Adam (Kingma and Ba 2014, arXiv:1412.6980), with the gradient of
 * the last 20 steps and a learning rate of 0.003 that halves every 2,000 steps.
 */
export class Gru implements Predictor {
  learning = true;
  readonly inputs: number;
  readonly #halfLife: number;
  readonly #cell: GruCell;
  readonly #mean: Float64Array;
  readonly #square: Float64Array;
  #predicted = false;
  #updates = 0;

  constructor(seed: number, { inputs = 1, halfLife = 2000 }: GruOptions = {}) {
    this.inputs = inputs;
    this.#halfLife = halfLife;
    this.#cell = new GruCell(hidden, window, seed, inputs);
    this.#mean = new Float64Array(this.#cell.parameters.length);
    this.#square = new Float64Array(this.#cell.parameters.length);
  }

  step(input: ArrayLike<number>): Float64Array {
    if (this.learning && this.#predicted) this.#learn(input);
    this.#predicted = true;
    return this.#cell.forward(input);
  }

  #learn(target: ArrayLike<number>): void {
    const { parameters } = this.#cell;
    const gradient = this.#cell.gradient(target);
    this.#updates++;
    const rate = (learningRate * 0.5 ** (this.#updates / this.#halfLife)) / (1 - beta1 ** this.#updates);
    const correction2 = 1 - beta2 ** this.#updates;
    for (let i = 0; i < parameters.length; i++) {
      const g = gradient[i]!;
      const mean = beta1 * this.#mean[i]! + (1 - beta1) * g;
      const square = beta2 * this.#square[i]! + (1 - beta2) * g * g;
      this.#mean[i] = mean;
      this.#square[i] = square;
      parameters[i]! -= (rate * mean) / (Math.sqrt(square / correction2) + epsilon);
    }
  }
}
