import * as v from 'valibot';
import type { SignalConfig } from '../model/config.ts';
import { gaussianGenerator } from '../model/generator.ts';

const delay = 17;
const stepsPerUnit = 10;
const h = 1 / stepsPerUnit;
const ringLength = delay * stepsPerUnit;
/** Time units until the start is forgotten and the values lie on the attractor. */
const settling = 1000;
/** On the attractor values lie between 0.4 and 1.4. */
const middle = 0.9;
const reach = 0.5;

const finite = v.pipe(v.number(), v.finite());

export const MackeyGlassStateSchema = v.strictObject({
  wave: v.literal('mackeyGlass'),
  /** The last 17 time units before `x` in steps of 0.1, the oldest first. */
  past: v.pipe(v.array(finite), v.length(ringLength)),
  x: finite,
});

export type MackeyGlassState = v.InferOutput<typeof MackeyGlassStateSchema>;

const slope = (present: number, past: number) => (0.2 * past) / (1 + past ** 10) - 0.1 * present;

/**
 * The Mackey-Glass series, mildly chaotic at a delay of 17: `dx/dt = 0.2 x(t - 17) / (1 + x(t - 17)^10) - 0.1 x` (Mackey and
 * Glass 1977, doi:10.1126/science.267326), a value for each unit of time, as `(x - 0.9) / 0.5`, which is within about ±1.
 * Integrated by Runge-Kutta of fourth order in steps of 0.1, the past between two steps being their mean. The seed sets
 * the start, and so which stretch of the attractor is seen.
 */
export class MackeyGlass {
  /** A ring whose oldest value is at `#at`. */
  readonly #past: Float64Array;
  #at = 0;
  #x: number;

  constructor(seed: number, state?: MackeyGlassState) {
    this.#past = new Float64Array(ringLength);
    if (state) {
      this.#past.set(state.past);
      this.#x = state.x;
    } else {
      this.#x = 1.2 + 0.1 * gaussianGenerator(seed, 'mackey-glass').next();
      this.#past.fill(this.#x);
      for (let t = 0; t < settling; t++) this.advance();
    }
  }

  /** One unit of time. */
  advance(): void {
    const past = this.#past;
    for (let i = 0; i < stepsPerUnit; i++) {
      const x = this.#x;
      const from = past[this.#at]!;
      const to = past[(this.#at + 1) % ringLength]!;
      const half = (from + to) / 2;
      const k1 = slope(x, from);
      const k2 = slope(x + (h / 2) * k1, half);
      const k3 = slope(x + (h / 2) * k2, half);
      const k4 = slope(x + h * k3, to);
      past[this.#at] = x;
      this.#at = (this.#at + 1) % ringLength;
      this.#x = x + (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
    }
  }

  /** One channel, each of several delayed against the one before by an equal share of the 17 units. */
  value({ amplitude }: SignalConfig, channel: number, inputs: number): number {
    const back = Math.round((ringLength * channel) / inputs);
    const x = back === 0 ? this.#x : this.#past[(this.#at + ringLength - back) % ringLength]!;
    return (amplitude * (x - middle)) / reach;
  }

  state(): MackeyGlassState {
    const past = Array.from(this.#past, (_, i) => this.#past[(this.#at + i) % ringLength]!);
    return { wave: 'mackeyGlass', past, x: this.#x };
  }
}
