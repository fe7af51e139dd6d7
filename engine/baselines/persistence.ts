import type { Predictor } from './predictor.ts';

/** "The next value is the present one": the error of a predictor that knows nothing. */
export class Persistence implements Predictor {
  learning = true;
  readonly inputs: number;

  constructor(inputs = 1) {
    this.inputs = inputs;
  }

  step(input: ArrayLike<number>): ArrayLike<number> {
    return input;
  }
}
