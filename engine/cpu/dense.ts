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
import {
  addProduct,
  addTransposedProduct,
  addTransposedProductAndSubtract,
  subtractOuterProduct,
  transpose,
} from './matrix.ts';
import { type Rule, rules, type Slots } from './optimizer.ts';
import { type Allocate, type Signal, squaredNorm, type Vector } from './vector.ts';

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
  private readonly rule: Rule | null;
  private readonly weights: FloatArray; // [in][out]
  private readonly bias: FloatArray; // [out]
  private readonly weightSlots: Slots; // [in][out]
  private readonly biasSlots: Slots; // [out]
  /** 1 where a row of `weightSlots` may be nonzero, [in]. */
  private readonly stirred: Uint8Array;
  private readonly sum: Float64Array; // [out]

  /** `earlier` adds terms to the gradient that belong to the input and the output of an earlier step. */
  constructor(
    input: Signal,
    output: Signal,
    options: DenseOptions,
    allocate: Allocate,
    earlier: readonly OuterProduct[] = [],
  ) {
    const { name, optimizer } = options;
    const inputs = input.value.values.length;
    const outputs = output.value.values.length;
    this.input = input;
    this.output = output;
    this.terms = [{ input: input.value, delta: output.gradient }, ...earlier];
    this.relu = options.activation === 'relu';
    this.part = options.part;
    this.base = options.base;
    this.waits = earlier.length > 1 || (optimizer === 'normalised' && !isSlow(options.part));
    this.rule = optimizer === 'sgd' || optimizer === 'normalised' ? null : rules[optimizer];
    this.weights = allocate(inputs * outputs);
    this.bias = allocate(outputs);
    const slots = (length: number): Slots => ({
      m: allocate(optimizer === 'momentum' || optimizer === 'adam' ? length : 0),
      v: allocate(optimizer === 'rmsprop' || optimizer === 'adam' ? length : 0),
    });
    this.weightSlots = slots(inputs * outputs);
    this.biasSlots = slots(outputs);
    this.stirred = new Uint8Array(inputs);
    this.sum = new Float64Array(outputs);

    const stored = [
      this.matrixTensor(`${name}.weight`, this.weights),
      plainTensor(`${name}.bias`, this.bias),
    ];
    for (const slot of ['m', 'v'] as const) {
      if (this.biasSlots[slot].length === 0) continue;
      stored.push(this.matrixTensor(`optimizer.${slot}.${name}.weight`, this.weightSlots[slot]));
      stored.push(plainTensor(`optimizer.${slot}.${name}.bias`, this.biasSlots[slot]));
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
    const { sum, bias } = this;
    for (let o = 0; o < sum.length; o++) sum[o] = bias[o]!;
    addProduct(sum, this.weights, sum.length, this.input.value);
    const { value } = this.output;
    const { values, support } = value;
    let count = 0;
    if (this.relu) {
      // Signs are as good as random, so a branch on them would be mispredicted half of the time.
      for (let o = 0; o < sum.length; o++) {
        const z = sum[o]!;
        values[o] = 0.5 * (z + Math.abs(z));
        support[count] = o;
        count += Number(z > 0);
      }
    } else {
      for (let o = 0; o < sum.length; o++) {
        values[o] = this.base ? this.base.values[o]! + sum[o]! : sum[o]!;
        support[count++] = o;
      }
    }
    value.count = count;
  }

  /** SGD moves the weights here already: they are loaded anyway, and no other layer reads them. */
  backward(context: StepContext): void {
    const { input, output, weights, sum } = this;
    if (context.learning && !this.rule && !this.waits)
      addTransposedProductAndSubtract(
        input.gradient,
        weights,
        sum.length,
        input.value,
        output.gradient,
        this.weightRate(context),
      );
    else addTransposedProduct(input.gradient, weights, sum.length, input.value, output.gradient);
  }

  /** Adds W^T delta to `gradient`, where `input` is: the way back of another step. */
  passBack(input: Vector, delta: Vector, gradient: Vector): void {
    addTransposedProduct(gradient, this.weights, this.sum.length, input, delta);
  }

  update(context: StepContext): void {
    if (this.rule) this.updateByRule(this.rule, context);
    else this.descend(this.weightRate(context), this.biasRate(context));
  }

  /** Squared norm of the gradient through this step alone, each tensor's times its own share of the rate. */
  squaredGradient(live: LiveParameters): number {
    const { input, output } = this;
    const size = squaredNorm(output.gradient) * (squaredNorm(input.value) + live.biasRate);
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
    const { weights, bias } = this;
    this.terms.forEach(({ input, delta }, term) => {
      if (term > 0 || this.waits) subtractOuterProduct(weights, bias.length, input, delta, weightRate);
      const { values, support, count } = delta;
      for (let n = 0; n < count; n++) {
        const o = support[n]!;
        bias[o] = bias[o]! - biasRate * values[o]!;
      }
    });
  }

  private updateByRule(rule: Rule, context: StepContext): void {
    const rate = this.weightRate(context);
    const { weights, weightSlots, stirred, sum: gradient } = this;
    gradient.fill(0);
    let clean = true;
    for (let i = 0; i < stirred.length; i++) {
      if (!clean) gradient.fill(0);
      clean = true;
      for (const { input, delta } of this.terms) {
        const x = input.values[i]!;
        if (x === 0) continue;
        addScaled(gradient, delta, x);
        clean = false;
      }
      if (clean && stirred[i] === 0) continue;
      stirred[i] = rule(weights, weightSlots, i * gradient.length, gradient, rate, context) ? 1 : 0;
    }
    gradient.fill(0);
    for (const { delta } of this.terms) addScaled(gradient, delta, 1);
    rule(this.bias, this.biasSlots, 0, gradient, this.biasRate(context), context);
  }

  private readWeightGradient(into: FloatArray): void {
    const inputs = this.stirred.length;
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
    for (const { delta } of this.terms) addScaled(into, delta, 1);
  }

  private matrixTensor(name: string, values: FloatArray): StoredTensor {
    const inputs = this.stirred.length;
    const outputs = this.sum.length;
    return {
      name,
      length: values.length,
      read: into => transpose(into, values, inputs, outputs),
      write: from => {
        transpose(values, from, outputs, inputs);
        this.stirred.fill(1);
      },
    };
  }
}

/** Encoder and pooler learn at the encoder's rate, and by plain descent where memory and decoder are normalised. */
const isSlow = (part: Part): boolean => part === 'encoder' || part === 'pooler';

function addScaled(into: FloatArray, vector: Vector, factor: number): void {
  const { values, support, count } = vector;
  for (let n = 0; n < count; n++) {
    const o = support[n]!;
    into[o] = into[o]! + factor * values[o]!;
  }
}
