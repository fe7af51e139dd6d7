import type { NetworkConfig } from '../model/config.ts';
import type { Part } from '../model/tensors.ts';
import type { FloatArray, LiveParameters } from '../network.ts';
import {
  type Layer,
  plainTensor,
  type ReadableTensor,
  type StepContext,
  type StoredTensor,
} from './layer.ts';
import { transpose } from './matrix.ts';
import { type RuledMatrix, RuleHistory, refresh, ruledMatrix } from './optimizer.ts';
import { copy, createVector, type Signal, type Vector } from './vector.ts';
import type { Descent, Kernels, Workspace } from './workspace.ts';

/** One term of a weight gradient: delta_o * input_i. Kept in factors, because the product is mostly zeros. */
export interface OuterProduct {
  readonly input: Vector;
  readonly delta: Vector;
}

export interface DenseOptions {
  /** `encoder.0` names the tensors `encoder.0.weight`, `gradient.encoder.0.bias` and so on. */
  readonly name: string;
  readonly activation: 'relu' | 'linear';
  /** Decides its rate. */
  readonly part: Part;
  readonly optimizer: NetworkConfig['optimizer'];
  /** Of the optimiser, if it remembers. */
  readonly history: RuleHistory | null;
  /** Added to the output, which is then a change to it. Nothing learns from that. */
  readonly base?: Vector;
}

/**
 * output = activation(W input + b), W stored [in][out]. ReLU passes a gradient only where its output is positive, which is
 * the output's support, so the gradient of the output is that of the sum before it, and its zeros are skipped as well.
 */
export class DenseLayer implements Layer {
  readonly stored: readonly StoredTensor[];
  readonly observed: readonly ReadableTensor[];

  private readonly input: Signal;
  private readonly output: Signal;
  private readonly terms: readonly OuterProduct[];
  private readonly relu: boolean;
  private readonly part: Part;
  private readonly base: Vector | undefined;
  /** Weights move once the whole gradient is known: its size decides how far, or earlier steps need the weights too. */
  private readonly waits: boolean;
  /**
   * How the weights move, kept until they are next read: the following step has to load them anyway. Null where several
   * terms have to wait, which hardly have rows in common with the next step.
   */
  private readonly descent: Descent | null;
  private descends = false;
  private readonly kernels: Kernels;
  private readonly weights: FloatArray; // [in][out]
  private readonly bias: FloatArray; // [out]
  /** Under an optimiser that remembers, [in][out]. One output's weights are a row to it, for then all of them move. */
  private readonly ruled: RuledMatrix | null = null;
  private readonly ruledBias: RuledMatrix | null = null; // [1][out]
  /** Of a row, from all terms. [out]; empty when unused */
  private readonly gradient: Vector;

  /** `earlier` adds terms to the gradient that belong to the input and the output of an earlier step. */
  constructor(
    input: Signal,
    output: Signal,
    options: DenseOptions,
    workspace: Workspace,
    earlier: readonly OuterProduct[] = [],
  ) {
    const { name, optimizer, history } = options;
    const inputs = input.value.values.length;
    const outputs = output.value.values.length;
    this.input = input;
    this.output = output;
    this.terms = [{ input: input.value, delta: output.gradient }, ...earlier];
    this.relu = options.activation === 'relu';
    this.part = options.part;
    this.base = options.base;
    this.waits = earlier.length > 1 || (optimizer === 'normalised' && !isSlow(options.part));
    this.descent =
      this.waits && earlier.length === 0
        ? { input: createVector(inputs, workspace), delta: createVector(outputs, workspace), rate: 0 }
        : null;
    this.kernels = workspace.kernels;
    this.weights = workspace.floats(inputs * outputs);
    this.bias = workspace.floats(outputs);
    const length = history ? outputs : 0;
    this.gradient = { values: workspace.sums(length), support: workspace.indices(0), count: length };

    const stored = [
      this.matrixTensor(`${name}.weight`, this.weights),
      plainTensor(`${name}.bias`, this.bias),
    ];
    if (history) {
      const width = outputs === 1 && earlier.length === 0 ? inputs : outputs;
      this.ruled = ruledMatrix(history, this.weights, width, workspace);
      this.ruledBias = ruledMatrix(history, this.bias, outputs, workspace);
      for (const slot of ['m', 'v'] as const) {
        if (this.ruledBias.slots[slot].length === 0) continue;
        stored.push(this.matrixTensor(`optimizer.${slot}.${name}.weight`, this.ruled.slots[slot]));
        stored.push(plainTensor(`optimizer.${slot}.${name}.bias`, this.ruledBias.slots[slot]));
      }
    }
    this.stored = stored;
    this.observed = [
      {
        name: `gradient.${name}.weight`,
        length: inputs * outputs,
        read: into => this.readWeightGradient(into),
      },
      { name: `gradient.${name}.bias`, length: outputs, read: into => this.readBiasGradient(into) },
    ];
  }

  forward(): void {
    const { kernels, weights, bias, relu, base } = this;
    this.settle(this.input.value);
    if (this.descends && this.descent)
      kernels.descendAndAffine(this.output.value, weights, bias, this.input.value, relu, this.descent);
    else kernels.affine(this.output.value, weights, bias, this.input.value, relu);
    this.descends = false;
    if (base) kernels.addScaled(this.output.value.values, base, 1);
  }

  /** SGD moves the weights here already: they are loaded anyway, and no other layer reads them. */
  backward(context: StepContext): void {
    const { input, output, kernels, weights, bias } = this;
    if (context.learning && !this.ruled && !this.waits)
      kernels.passBackAndDescend(
        input.gradient,
        weights,
        bias.length,
        input.value,
        output.gradient,
        this.weightRate(context),
      );
    else kernels.passBack(input.gradient, weights, bias.length, input.value, output.gradient);
  }

  /** Adds W^T delta to `gradient`, where `input` is: the way back of another step. */
  passBack(input: Vector, delta: Vector, gradient: Vector): void {
    this.settle(input);
    this.kernels.passBack(gradient, this.weights, this.bias.length, input, delta);
  }

  update(context: StepContext): void {
    if (this.ruled && this.ruledBias) this.updateByRule(this.ruled, this.ruledBias, context);
    else this.descend(this.weightRate(context), this.biasRate(context));
  }

  /** Squared norm of the gradient through this step alone, each tensor's times its own share of the rate. */
  squaredGradient(live: LiveParameters): number {
    const { input, output, kernels } = this;
    const size = kernels.squaredNorm(output.gradient) * (kernels.squaredNorm(input.value) + live.biasRate);
    return size * this.share(live);
  }

  /** The part's share of the learning rate. */
  private share({ encoderRate, memoryRate }: LiveParameters): number {
    if (isSlow(this.part)) return encoderRate;
    return this.part === 'memory' ? memoryRate : 1;
  }

  private weightRate({ rate, stepScale, live }: StepContext): number {
    return rate * this.share(live) * (isSlow(this.part) ? 1 : stepScale);
  }

  private biasRate(context: StepContext): number {
    return this.weightRate(context) * (isSlow(this.part) ? 1 : context.live.biasRate);
  }

  /** What is left to do after `backward`, only where there is a gradient. */
  private descend(weightRate: number, biasRate: number): void {
    const { terms, kernels, weights, bias } = this;
    for (let term = 0; term < terms.length; term++) {
      const { input, delta } = terms[term]!;
      if (this.descent) this.defer(this.descent, weightRate);
      else if (term > 0 || this.waits) kernels.descend(weights, bias.length, input, delta, weightRate);
      kernels.addScaled(bias, delta, -biasRate);
    }
  }

  private defer(descent: Descent, rate: number): void {
    copy(descent.input, this.input.value);
    copy(descent.delta, this.output.gradient);
    descent.rate = rate;
    this.descends = true;
  }

  private updateByRule(ruled: RuledMatrix, ruledBias: RuledMatrix, context: StepContext): void {
    const { terms, kernels, input, gradient } = this;
    const delta = this.output.gradient;
    // Steps that were missed are known for so long.
    if (ruled.history.done % (RuleHistory.length / 2) === 0) this.settle(null);
    ruled.share = this.share(context.live);
    ruledBias.share = ruled.share * (isSlow(this.part) ? 1 : context.live.biasRate);
    if (ruled.width !== this.bias.length) kernels.moveRow(ruled, 0, delta.values[0]!, input.value);
    else if (terms.length === 1) kernels.moveRows(ruled, input.value, delta);
    else this.moveRowsOfAllTerms(ruled);
    gradient.values.fill(0);
    for (const term of terms) kernels.addScaled(gradient.values, term.delta, 1);
    kernels.moveRow(ruledBias, 0, 1, gradient);
  }

  /** Every row once, with what all terms have for it. */
  private moveRowsOfAllTerms(ruled: RuledMatrix): void {
    const { terms, kernels, gradient } = this;
    const after = ruled.history.done + 1;
    for (const { input } of terms)
      for (let n = 0; n < input.count; n++) {
        const row = input.support[n]!;
        if (ruled.seen[row] === after) continue;
        let contributing = 0;
        let last = terms[0]!;
        for (const term of terms) {
          if (term.delta.count === 0 || term.input.values[row] === 0) continue;
          contributing++;
          last = term;
        }
        if (contributing === 1) {
          kernels.moveRow(ruled, row, last.input.values[row]!, last.delta);
          continue;
        }
        gradient.values.fill(0);
        for (const term of terms) {
          const x = term.input.values[row]!;
          if (x !== 0) kernels.addScaled(gradient.values, term.delta, x);
        }
        kernels.moveRow(ruled, row, 1, gradient);
      }
  }

  /** Rows that had no gradient for a while make up for it: those in x's support, before they are read, or all. */
  settle(x: Vector | null): void {
    const { ruled } = this;
    if (!ruled) return;
    // RMSProp moves no weights without a gradient; and one output's weights all move at every step.
    const current = ruled.history.rule === 'rmsprop' || ruled.width !== this.bias.length;
    if (x === null || !current) this.kernels.settle(ruled, x);
  }

  private readWeightGradient(into: FloatArray): void {
    const inputs = this.input.value.values.length;
    into.fill(0);
    for (const { input, delta } of this.terms)
      for (let m = 0; m < delta.count; m++) {
        const o = delta.support[m]!;
        for (let n = 0; n < input.count; n++) {
          const i = input.support[n]!;
          into[o * inputs + i] = into[o * inputs + i]! + delta.values[o]! * input.values[i]!;
        }
      }
  }

  private readBiasGradient(into: FloatArray): void {
    into.fill(0);
    for (const { delta } of this.terms)
      for (let n = 0; n < delta.count; n++) {
        const o = delta.support[n]!;
        into[o] = into[o]! + delta.values[o]!;
      }
  }

  private matrixTensor(name: string, values: FloatArray): StoredTensor {
    const inputs = this.input.value.values.length;
    const outputs = this.bias.length;
    return {
      name,
      length: values.length,
      read: into => {
        this.settle(null);
        if (this.descends && this.descent)
          this.kernels.descend(
            this.weights,
            outputs,
            this.descent.input,
            this.descent.delta,
            this.descent.rate,
          );
        this.descends = false;
        transpose(into, values, inputs, outputs);
      },
      write: from => {
        transpose(values, from, outputs, inputs);
        this.descends = false;
        if (this.ruled && values !== this.weights) refresh(this.ruled);
      },
    };
  }
}

/** Encoder and pooler learn at the encoder's rate, and by plain descent where memory and decoder are normalised. */
const isSlow = (part: Part): boolean => part === 'encoder' || part === 'pooler';
