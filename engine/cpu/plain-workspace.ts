import type { FloatArray } from '../network.ts';
import {
  addProduct,
  addTransposedProduct,
  addTransposedProductAndSubtract,
  subtractOuterProduct,
} from './matrix.ts';
import { type RuledMatrix, rules } from './optimizer.ts';
import { allocator, type Vector } from './vector.ts';
import { type Descent, type Kernels, leastVariance, type Workspace } from './workspace.ts';

/** The loops in TypeScript, for networks of either precision; sums are float64 always. */
class PlainKernels implements Kernels {
  readonly passBack = addTransposedProduct;
  readonly passBackAndDescend = addTransposedProductAndSubtract;
  readonly descend = subtractOuterProduct;
  private scratch = new Float64Array(0);
  private nothing = new Float64Array(0);

  affine(y: Vector, weights: FloatArray, bias: FloatArray, x: Vector, relu: boolean): void {
    const width = bias.length;
    if (this.scratch.length < width) this.scratch = new Float64Array(width);
    const sum = this.scratch;
    for (let o = 0; o < width; o++) sum[o] = bias[o]!;
    addProduct(sum, weights, width, x);
    const { values, support } = y;
    let count = 0;
    if (relu) {
      // Signs are as good as random, so a branch on them would be mispredicted half of the time.
      for (let o = 0; o < width; o++) {
        const z = sum[o]!;
        values[o] = 0.5 * (z + Math.abs(z));
        support[count] = o;
        count += Number(z > 0);
      }
    } else {
      for (let o = 0; o < width; o++) {
        values[o] = sum[o]!;
        support[count++] = o;
      }
    }
    y.count = count;
  }

  descendAndAffine(
    y: Vector,
    weights: FloatArray,
    bias: FloatArray,
    x: Vector,
    relu: boolean,
    { input, delta, rate }: Descent,
  ): void {
    this.descend(weights, bias.length, input, delta, rate);
    this.affine(y, weights, bias, x, relu);
  }

  addScaled(into: FloatArray, { values, support, count }: Vector, factor: number): void {
    for (let n = 0; n < count; n++) {
      const o = support[n]!;
      into[o] = into[o]! + factor * values[o]!;
    }
  }

  squaredNorm({ values, support, count }: Vector): number {
    let sum = 0;
    for (let n = 0; n < count; n++) sum += values[support[n]!]! ** 2;
    return sum;
  }

  scale(values: FloatArray, factor: number): void {
    for (let i = 0; i < values.length; i++) values[i] = factor * values[i]!;
  }

  follow(overlap: FloatArray, mean: FloatArray, variance: FloatArray, rate: number, first: boolean): void {
    for (let j = 0; j < mean.length; j++) {
      const difference = overlap[j]! - mean[j]!;
      mean[j] = first ? overlap[j]! : mean[j]! + rate * difference;
      variance[j] = first ? 0 : (1 - rate) * (variance[j]! + rate * difference * difference);
    }
  }

  normalise(score: FloatArray, overlap: FloatArray, mean: FloatArray, variance: FloatArray): void {
    for (let j = 0; j < score.length; j++)
      score[j] = (overlap[j]! - mean[j]!) / Math.sqrt(variance[j]! + leastVariance);
  }

  favour(
    preference: FloatArray,
    score: FloatArray,
    duty: FloatArray,
    conscience: number,
    fairShare: number,
  ): void {
    for (let j = 0; j < score.length; j++)
      preference[j] = score[j]! + conscience * Math.max(0, 1 - duty[j]! / fairShare);
  }

  beginStep(): void {}

  moveRows(matrix: RuledMatrix, { values, support, count }: Vector, delta: Vector): void {
    for (let n = 0; n < count; n++) {
      const row = support[n]!;
      if (values[row] !== 0) this.moveRow(matrix, row, values[row]!, delta);
    }
  }

  moveRow(matrix: RuledMatrix, row: number, factor: number, delta: Vector): void {
    const { history, width, seen, stirred } = matrix;
    this.settleRow(matrix, row);
    stirred[row] = Number(rules[history.rule](matrix, row * width, history.done, factor, delta.values));
    seen[row] = history.done + 1;
  }

  settle(matrix: RuledMatrix, x: Vector | null): void {
    const count = x ? x.count : matrix.seen.length;
    for (let n = 0; n < count; n++) this.settleRow(matrix, x ? x.support[n]! : n);
  }

  /** Step by step: the rule itself, without a gradient. */
  private settleRow(matrix: RuledMatrix, row: number): void {
    const { history, width, seen, stirred } = matrix;
    if (stirred[row] !== 0 && seen[row] !== history.done) {
      if (this.nothing.length < width) this.nothing = new Float64Array(width);
      const rule = rules[history.rule];
      for (let at = seen[row]!; at < history.done && stirred[row] !== 0; at++)
        stirred[row] = Number(rule(matrix, row * width, at, 0, this.nothing));
    }
    seen[row] = history.done;
  }
}

export function plainWorkspace<A extends FloatArray>(array: new (length: number) => A): Workspace {
  return {
    floats: allocator(array),
    sums: allocator(Float64Array),
    indices: length => new Int32Array(length),
    kernels: new PlainKernels(),
  };
}
