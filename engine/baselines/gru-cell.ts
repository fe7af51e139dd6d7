import { gaussianGenerator } from '../model/generator.ts';

/** What one step needs to be gone back through; arrays are [hidden] but for the input and the prediction, [inputs]. */
interface Moment {
  input: Float64Array;
  before: Float64Array;
  reset: Float64Array;
  update: Float64Array;
  candidate: Float64Array;
  /** What the reset gate lets through of the past: U_n h + c. */
  recall: Float64Array;
  after: Float64Array;
  prediction: Float64Array;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * A layer of gated recurrent units and a linear output that predicts the next input:
 *
 *     r = sigmoid(W_r x + U_r h + b_r)      z = sigmoid(W_z x + U_z h + b_z)
 *     n = tanh(W_n x + b_n + r (U_n h + c))      h' = (1 - z) n + z h      y = V h' + d
 *
 * Cho et al. 2014 (arXiv:1406.1078), with the reset gate after the recurrent product as in cuDNN and PyTorch. The gradient
 * is that of the mean squared error over the last `window` steps, computed anew with the present weights from the state
 * in which the window began: truncated backpropagation through time.
 */
export class GruCell {
  readonly inputs: number;
  readonly #hidden: number;
  readonly #window: number;
  /**
   * W [3 * hidden, inputs], b [3 * hidden], c [hidden], V [inputs, hidden], d [inputs], then U [3 * hidden, hidden]; gates in
   * the order r, z, n.
   */
  readonly parameters: Float64Array;
  readonly #gradient: Float64Array;
  /** Where in `parameters` b, c, V, d and U begin. */
  readonly #bias: number;
  readonly #recallBias: number;
  readonly #output: number;
  readonly #outputBias: number;
  readonly #recurrent: number;
  /** Oldest first, at most `window`. */
  readonly #tape: Moment[] = [];
  #state: Float64Array;

  constructor(hidden: number, window: number, seed: number, inputs = 1) {
    this.inputs = inputs;
    this.#hidden = hidden;
    this.#window = window;
    this.#state = new Float64Array(hidden);
    this.#bias = 3 * hidden * inputs;
    this.#recallBias = this.#bias + 3 * hidden;
    this.#output = this.#recallBias + hidden;
    this.#outputBias = this.#output + inputs * hidden;
    this.#recurrent = this.#outputBias + inputs;
    this.parameters = new Float64Array(this.#recurrent + 3 * hidden * hidden);
    this.#gradient = new Float64Array(this.parameters.length);
    const noise = gaussianGenerator(seed, 'baseline.gru');
    // The spread of PyTorch's uniform weights within 1/sqrt(hidden).
    for (let i = 0; i < this.parameters.length; i++)
      this.parameters[i] = noise.next() / Math.sqrt(3 * hidden);
  }

  /** Takes the next input, [inputs]. @returns the prediction of the one after it, [inputs] */
  forward(input: ArrayLike<number>): Float64Array {
    const hidden = this.#hidden;
    const inputs = this.inputs;
    const p = this.parameters;
    const before = this.#state;
    const moment: Moment = {
      input: Float64Array.from(input),
      before,
      reset: new Float64Array(hidden),
      update: new Float64Array(hidden),
      candidate: new Float64Array(hidden),
      recall: new Float64Array(hidden),
      after: new Float64Array(hidden),
      prediction: p.slice(this.#outputBias, this.#outputBias + inputs),
    };
    const rows = hidden * hidden;
    for (let i = 0; i < hidden; i++) {
      let toReset = p[this.#bias + i]!;
      let toUpdate = p[this.#bias + hidden + i]!;
      let toCandidate = p[this.#bias + 2 * hidden + i]!;
      for (let c = 0; c < inputs; c++) {
        toReset += p[i * inputs + c]! * input[c]!;
        toUpdate += p[(hidden + i) * inputs + c]! * input[c]!;
        toCandidate += p[(2 * hidden + i) * inputs + c]! * input[c]!;
      }
      let recall = p[this.#recallBias + i]!;
      let at = this.#recurrent + i * hidden;
      for (let j = 0; j < hidden; j++, at++) {
        const h = before[j]!;
        toReset += p[at]! * h;
        toUpdate += p[at + rows]! * h;
        recall += p[at + 2 * rows]! * h;
      }
      const r = sigmoid(toReset);
      const z = sigmoid(toUpdate);
      const n = Math.tanh(toCandidate + r * recall);
      moment.reset[i] = r;
      moment.update[i] = z;
      moment.recall[i] = recall;
      moment.candidate[i] = n;
      moment.after[i] = (1 - z) * n + z * before[i]!;
      for (let c = 0; c < inputs; c++)
        moment.prediction[c]! += p[this.#output + c * hidden + i]! * moment.after[i]!;
    }
    this.#state = moment.after;
    this.#tape.push(moment);
    if (this.#tape.length > this.#window) this.#tape.shift();
    return moment.prediction;
  }

  /**
   * Of the mean of (prediction - target)^2 over window and channels, by every parameter, in their order; valid until the
   * next call.
   * @param target what the last prediction should have been, [inputs]; those before it were the inputs that followed
   */
  gradient(target: ArrayLike<number>): Float64Array {
    const hidden = this.#hidden;
    const inputs = this.inputs;
    const p = this.parameters;
    const g = this.#gradient.fill(0);
    const rows = hidden * hidden;
    this.#replay();
    let toAfter = new Float64Array(hidden);
    let next = target;
    for (let t = this.#tape.length - 1; t >= 0; t--) {
      const { input, before, reset, update, candidate, recall, after, prediction } = this.#tape[t]!;
      for (let c = 0; c < inputs; c++) {
        const error = (2 * (prediction[c]! - next[c]!)) / (this.#tape.length * inputs);
        g[this.#outputBias + c]! += error;
        for (let i = 0; i < hidden; i++) {
          g[this.#output + c * hidden + i]! += error * after[i]!;
          toAfter[i]! += error * p[this.#output + c * hidden + i]!;
        }
      }
      next = input;
      const toBefore = new Float64Array(hidden);
      for (let i = 0; i < hidden; i++) {
        const toState = toAfter[i]!;
        const r = reset[i]!;
        const z = update[i]!;
        const n = candidate[i]!;
        const toN = toState * (1 - z) * (1 - n * n);
        const toR = toN * recall[i]! * r * (1 - r);
        const toZ = toState * (before[i]! - n) * z * (1 - z);
        const toRecall = toN * r;
        toBefore[i]! += toState * z;
        for (let c = 0; c < inputs; c++) {
          g[i * inputs + c]! += toR * input[c]!;
          g[(hidden + i) * inputs + c]! += toZ * input[c]!;
          g[(2 * hidden + i) * inputs + c]! += toN * input[c]!;
        }
        g[this.#bias + i]! += toR;
        g[this.#bias + hidden + i]! += toZ;
        g[this.#bias + 2 * hidden + i]! += toN;
        g[this.#recallBias + i]! += toRecall;
        let at = this.#recurrent + i * hidden;
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
