import type { Predictor } from './predictor.ts';

/** "The next value is the present one": the error of a predictor that knows nothing. */
export class Persistence implements Predictor {
  learning = true;

  step(input: number): number {
    return input;
  }
}
