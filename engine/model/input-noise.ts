import type { FloatArray, LiveParameters } from '../network.ts';
import { type GaussianGenerator, gaussianGenerator } from './generator.ts';

/** Steps that share a generator: to go on from any step, fewer than these are drawn in vain. */
const block = 256;

type Level = Pick<LiveParameters, 'inputNoise' | 'finalInputNoise' | 'inputNoiseSteps'>;

/** Standard deviation at a step, counted from 0: in a straight line from the first level to the final one. */
export function inputNoiseAt({ inputNoise, finalInputNoise, inputNoiseSteps }: Level, step: number): number {
  const share = step < inputNoiseSteps ? step / inputNoiseSteps : 1;
  return inputNoise + (finalInputNoise - inputNoise) * share;
}

/**
 * Gaussian noise on what a learning network is given; its target stays clean. So it learns to correct small errors of its
 * input, which its own predictions are when it runs free. The numbers depend on the step alone: a run that is resumed
 * goes on alike, on any engine.
 */
export class InputNoise {
  readonly #inputs: number;
  #generator: GaussianGenerator = gaussianGenerator(0, '');
  /** The step that the generator is about to draw. */
  #next = -1;

  constructor(inputs: number) {
    this.#inputs = inputs;
  }

  /** Adds to the inputs of `rows`, [count, 2 * inputs], the first of which is that of `firstStep`. */
  addTo(rows: FloatArray, firstStep: number, level: Level): void {
    if (level.inputNoise === 0 && level.finalInputNoise === 0) return;
    const inputs = this.#inputs;
    for (let at = 0, step = firstStep; at < rows.length; at += 2 * inputs, step++) {
      this.#seek(step);
      const deviation = inputNoiseAt(level, step);
      for (let i = 0; i < inputs; i++) rows[at + i] = rows[at + i]! + deviation * this.#generator.next();
      this.#next++;
    }
  }

  #seek(step: number): void {
    if (this.#next !== step || step % block === 0) {
      this.#next = step - (step % block);
      this.#generator = gaussianGenerator(0, `input noise ${this.#next}`);
      for (; this.#next < step; this.#next++) for (let i = 0; i < this.#inputs; i++) this.#generator.next();
    }
  }
}
