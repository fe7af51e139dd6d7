import * as v from 'valibot';
import type { SignalConfig } from '../model/config.ts';
import { type GaussianGenerator, gaussianFromState, gaussianGenerator } from '../model/generator.ts';

/** One channel each: the hot one is the symbol. */
export const symbols = ['A', 'B', 'C', 'D', 'X', 'Y'] as const;

/** Two sequences that share their middle: only what came two symbols before C tells which of D and Y follows it. */
export const sequences: Record<SignalConfig['endings'], readonly [string, string]> = {
  plain: ['ABCD', 'XBCY'],
  swapped: ['ABCY', 'XBCD'],
};

export const SymbolStateSchema = v.strictObject({
  wave: v.literal('highOrder'),
  /** Of the generator that draws the sequences. */
  generator: v.pipe(v.array(v.pipe(v.number(), v.safeInteger())), v.length(4)),
  /** Which sequence it is in, and the place in it of the present symbol. */
  sequence: v.picklist([0, 1]),
  place: v.picklist([0, 1, 2, 3]),
});

export type SymbolState = v.InferOutput<typeof SymbolStateSchema>;

/**
 * The example of a high-order sequence of Hawkins and Ahmad 2016 (doi:10.3389/fncir.2016.00023) without end: one of two
 * sequences of four symbols after the other, each drawn with probability 1/2.
 */
export class SymbolSource {
  readonly #generator: GaussianGenerator;
  #sequence: 0 | 1;
  #place: number;

  constructor(seed: number, state?: SymbolState) {
    this.#generator = state
      ? gaussianFromState(state.generator)
      : gaussianGenerator(seed, 'signal.sequences');
    this.#sequence = state?.sequence ?? this.#drawSequence();
    this.#place = state?.place ?? 0;
  }

  advance(): void {
    this.#place = (this.#place + 1) % 4;
    if (this.#place === 0) this.#sequence = this.#drawSequence();
  }

  value({ amplitude, endings }: SignalConfig, channel: number): number {
    return symbols[channel] === sequences[endings][this.#sequence][this.#place] ? amplitude : 0;
  }

  state(): SymbolState {
    return {
      wave: 'highOrder',
      generator: this.#generator.state(),
      sequence: this.#sequence,
      place: this.#place as SymbolState['place'],
    };
  }

  #drawSequence(): 0 | 1 {
    return this.#generator.next() < 0 ? 0 : 1;
  }
}

/**
 * The symbol that a row of six channels shows, or that a prediction of it expects most: that of the largest value, the
 * first of equals.
 * @param row which of the rows in `values`, [rows, 6]
 */
export function symbolOf(values: ArrayLike<number>, row = 0): number {
  const start = row * symbols.length;
  let largest = 0;
  for (let i = 1; i < symbols.length; i++) if (values[start + i]! > values[start + largest]!) largest = i;
  return largest;
}

/** Whether a target is D or Y: it follows C, and only memory tells which it will be. */
export const isAmbiguous = (target: number): boolean => symbols[target] === 'D' || symbols[target] === 'Y';

/** Whether a target can be known beforehand: all but the first of a sequence, A or X, which is a coin's toss. */
export const isPredictable = (target: number): boolean => symbols[target] !== 'A' && symbols[target] !== 'X';

/**
 * RMSE over the six channels, in closed form, of three predictors that know the symbols through any noise. From one
 * symbol to the next two channels change by the amplitude. A fair choice between two symbols costs, at best, a quarter
 * of its square on either channel: without memory at two places in four, with memory at one.
 */
export function symbolFloors({ amplitude, noise }: SignalConfig): {
  persistence: number;
  noMemory: number;
  memory: number;
} {
  const rmse = (share: number, noises: number) => Math.sqrt(amplitude ** 2 * share + noises * noise ** 2);
  return { persistence: rmse(2 / 6, 2), noMemory: rmse(2 / 4 / 2 / 6, 1), memory: rmse(1 / 4 / 2 / 6, 1) };
}
