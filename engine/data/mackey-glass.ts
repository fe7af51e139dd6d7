import { gaussianGenerator } from '../model/generator.ts';

const delay = 17;
const stepsPerUnit = 10;
const h = 1 / stepsPerUnit;
/** Time units until the start is forgotten and the values lie on the attractor. */
const settling = 1000;
/** On the attractor values lie between 0.4 and 1.4. */
const middle = 0.9;
const reach = 0.5;

const slope = (present: number, past: number) => (0.2 * past) / (1 + past ** 10) - 0.1 * present;

/**
 * The Mackey-Glass series, mildly chaotic at a delay of 17: `dx/dt = 0.2 x(t - 17) / (1 + x(t - 17)^10) - 0.1 x` (Mackey and
 * Glass 1977, doi:10.1126/science.267326), a value for each unit of time, as `(x - 0.9) / 0.5`, which is within about ±1.
 * Integrated by Runge-Kutta of fourth order in steps of 0.1, the past between two steps being their mean. The seed sets
 * the start, and so which stretch of the attractor is seen. It has a state of its own, not a phase, so it is no wave of
 * `SignalStream`.
 */
export class MackeyGlassStream {
  /** The last 17 time units, a ring whose oldest value is at `#at`. */
  readonly #past = new Float64Array(delay * stepsPerUnit);
  #at = 0;
  #x: number;
  #current: number;

  constructor(seed: number) {
    this.#x = 1.2 + 0.1 * gaussianGenerator(seed, 'mackey-glass').next();
    this.#past.fill(this.#x);
    for (let t = 0; t < settling; t++) this.#advance();
    this.#current = this.#advance();
  }

  /** The next `count` rows, [count, 2]: input, then target, which is the next row's input. */
  rows(count: number): Float32Array {
    const rows = new Float32Array(2 * count);
    for (let r = 0; r < count; r++) {
      rows[2 * r] = this.#current;
      this.#current = this.#advance();
      rows[2 * r + 1] = this.#current;
    }
    return rows;
  }

  /** One unit of time. @returns the scaled value reached */
  #advance(): number {
    const past = this.#past;
    for (let i = 0; i < stepsPerUnit; i++) {
      const x = this.#x;
      const from = past[this.#at]!;
      const to = past[(this.#at + 1) % past.length]!;
      const half = (from + to) / 2;
      const k1 = slope(x, from);
      const k2 = slope(x + (h / 2) * k1, half);
      const k3 = slope(x + (h / 2) * k2, half);
      const k4 = slope(x + h * k3, to);
      past[this.#at] = x;
      this.#at = (this.#at + 1) % past.length;
      this.#x = x + (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
    }
    return (this.#x - middle) / reach;
  }
}
