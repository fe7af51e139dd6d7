import { gaussianGenerator } from '../model/generator.ts';

/** What one step needs to be gone back through; arrays are [hidden]. */
interface Moment {
  input: number;
  before: Float64Array;
  reset: Float64Array;
  update: Float64Array;
  candidate: Float64Array;
  /** What the reset gate lets through of the past: U_n h + c. */
  recall: Float64Array;
  after: Float64Array;
  prediction: number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * A layer of gated recurrent units over one input, and a linear output:
 *
 *     r = sigmoid(W_r x + U_r h + b_r)      z = sigmoid(W_z x + U_z h + b_z)
 *     n = tanh(W_n x + b_n + r (U_n h + c))      h' = (1 - z) n + z h      y = v h' + d
 *
 * Cho et al. 2014 (arXiv:1406.1078), with the reset gate after the recurrent product as in cuDNN and PyTorch. The gradient
 * is that of the mean squared error over the last `window` steps, computed anew with the present weights from the state
 * in which the window began: truncated backpropagation through time.
 */
export class GruCell {
  readonly #hidden: number;
  readonly #window: number;
  /** W [3, hidden], b [3, hidden], c [hidden], v [hidden], d, then U [3 * hidden, hidden]; gates in the order r, z, n. */
  readonly parameters: Float64Array;
  readonly #gradient: Float64Array;
  /** Oldest first, at most `window`. */
  readonly #tape: Moment[] = [];
  #state: Float64Array;

  constructor(hidden: number, window: number, seed: number) {
    this.#hidden = hidden;
    this.#window = window;
    this.#state = new Float64Array(hidden);
    this.parameters = new Float64Array(8 * hidden + 1 + 3 * hidden * hidden);
    this.#gradient = new Float64Array(this.parameters.length);
    const noise = gaussianGenerator(seed, 'baseline.gru');
    // The spread of PyTorch's uniform weights within 1/sqrt(hidden).
    for (let i = 0; i < this.parameters.length; i++)
      this.parameters[i] = noise.next() / Math.sqrt(3 * hidden);
  }

  /** Takes the next input. @returns the prediction of the one after it */
  forward(input: number): number {
    const hidden = this.#hidden;
    const p = this.parameters;
    const before = this.#state;
    const moment: Moment = {
      input,
      before,
      reset: new Float64Array(hidden),
      update: new Float64Array(hidden),
      candidate: new Float64Array(hidden),
      recall: new Float64Array(hidden),
      after: new Float64Array(hidden),
      prediction: p[8 * hidden]!,
    };
    const rows = hidden * hidden;
    for (let i = 0; i < hidden; i++) {
      let toReset = p[i]! * input + p[3 * hidden + i]!;
      let toUpdate = p[hidden + i]! * input + p[4 * hidden + i]!;
      let recall = p[6 * hidden + i]!;
      let at = 8 * hidden + 1 + i * hidden;
      for (let j = 0; j < hidden; j++, at++) {
        const h = before[j]!;
        toReset += p[at]! * h;
        toUpdate += p[at + rows]! * h;
        recall += p[at + 2 * rows]! * h;
      }
      const r = sigmoid(toReset);
      const z = sigmoid(toUpdate);
      const n = Math.tanh(p[2 * hidden + i]! * input + p[5 * hidden + i]! + r * recall);
      moment.reset[i] = r;
      moment.update[i] = z;
      moment.recall[i] = recall;
      moment.candidate[i] = n;
      moment.after[i] = (1 - z) * n + z * before[i]!;
      moment.prediction += p[7 * hidden + i]! * moment.after[i]!;
    }
    this.#state = moment.after;
    this.#tape.push(moment);
    if (this.#tape.length > this.#window) this.#tape.shift();
    return moment.prediction;
  }

  /**
   * Of the mean of (prediction - target)^2 over the window, by every parameter, in their order; valid until the next call.
   * @param target what the last prediction should have been; those before it were the inputs that followed
   */
  gradient(target: number): Float64Array {
    const hidden = this.#hidden;
    const p = this.parameters;
    const g = this.#gradient.fill(0);
    const rows = hidden * hidden;
    this.#replay();
    let toAfter = new Float64Array(hidden);
    let next = target;
    for (let t = this.#tape.length - 1; t >= 0; t--) {
      const { input, before, reset, update, candidate, recall, after, prediction } = this.#tape[t]!;
      const error = (2 * (prediction - next)) / this.#tape.length;
      next = input;
      g[8 * hidden]! += error;
      const toBefore = new Float64Array(hidden);
      for (let i = 0; i < hidden; i++) {
        g[7 * hidden + i]! += error * after[i]!;
        const toState = toAfter[i]! + error * p[7 * hidden + i]!;
        const r = reset[i]!;
        const z = update[i]!;
        const n = candidate[i]!;
        const toN = toState * (1 - z) * (1 - n * n);
        const toR = toN * recall[i]! * r * (1 - r);
        const toZ = toState * (before[i]! - n) * z * (1 - z);
        const toRecall = toN * r;
        toBefore[i]! += toState * z;
        g[i]! += toR * input;
        g[hidden + i]! += toZ * input;
        g[2 * hidden + i]! += toN * input;
        g[3 * hidden + i]! += toR;
        g[4 * hidden + i]! += toZ;
        g[5 * hidden + i]! += toN;
        g[6 * hidden + i]! += toRecall;
        let at = 8 * hidden + 1 + i * hidden;
        for (let j = 0; j < hidden; j++, at++) {
          const h = before[j]!;
          g[at]! += toR * h;
          g[at + rows]! += toZ * h;
          g[at + 2 * rows]! += toRecall * h;
          toBefore[j]! += toR * p[at]! + toZ * p[at + rows]! + toRecall * p[at + 2 * rows]!;
        }
      }
      toAfter = toBefore;
    }
    return g;
  }

  /** The window once more, from the state it began in: errors of weights that have moved since would mislead. */
  #replay(): void {
    const inputs = this.#tape.map(moment => moment.input);
    this.#state = this.#tape[0]!.before;
    this.#tape.length = 0;
    for (const input of inputs) this.forward(input);
  }
}
