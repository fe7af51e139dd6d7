import type { FloatArray } from '../network.ts';
import type { RuledMatrix, RuleHistory } from './optimizer.ts';
import type { Vector } from './vector.ts';

/** weights[i][o] -= rate * input_i * delta_o, yet to be done. */
export interface Descent {
  readonly input: Vector;
  readonly delta: Vector;
  rate: number;
}

/**
 * The loops that a step spends its time in. A matrix is stored [in][out], `width` = out: a row is what one input sends, so
 * that an input of zero costs nothing, forward or backward.
 */
export interface Kernels {
  /** y = W x + b; with `relu`, negative entries become zero and are left out of y's support. */
  affine(y: Vector, weights: FloatArray, bias: FloatArray, x: Vector, relu: boolean): void;
  /** `descend` and then `affine`, in one sweep over the weights, to the last bit as one after the other. */
  descendAndAffine(
    y: Vector,
    weights: FloatArray,
    bias: FloatArray,
    x: Vector,
    relu: boolean,
    before: Descent,
  ): void;
  /** gradient_i += sum over o of weights[i][o] * delta_o, for the i in x's support, which `gradient` gets. */
  passBack(gradient: Vector, weights: FloatArray, width: number, x: Vector, delta: Vector): void;
  /** `passBack` and then `descend`, in one sweep over the weights. */
  passBackAndDescend(
    gradient: Vector,
    weights: FloatArray,
    width: number,
    x: Vector,
    delta: Vector,
    rate: number,
  ): void;
  /** weights[i][o] -= rate * x_i * delta_o */
  descend(weights: FloatArray, width: number, x: Vector, delta: Vector, rate: number): void;
  /** into_o += factor * delta_o */
  addScaled(into: FloatArray, delta: Vector, factor: number): void;
  squaredNorm(vector: Vector): number;
  /** values *= factor */
  scale(values: FloatArray, factor: number): void;

  /** Moves the columns' running mean and variance towards their overlaps; the first of all are taken as they are. */
  follow(overlap: FloatArray, mean: FloatArray, variance: FloatArray, rate: number, first: boolean): void;
  /** score = (overlap - mean) / sqrt(variance + leastVariance) */
  normalise(score: FloatArray, overlap: FloatArray, mean: FloatArray, variance: FloatArray): void;
  /** preference = score + conscience * max(0, 1 - duty / fairShare) */
  favour(
    preference: FloatArray,
    score: FloatArray,
    duty: FloatArray,
    conscience: number,
    fairShare: number,
  ): void;

  /** Tells of the step that the rule is about to make. */
  beginStep(history: RuleHistory): void;
  /** Moves the rows in x's support by the gradient x_i * delta, and makes up for steps that they missed. */
  moveRows(matrix: RuledMatrix, x: Vector, delta: Vector): void;
  /** The same for one row, by factor * delta. */
  moveRow(matrix: RuledMatrix, row: number, factor: number, delta: Vector): void;
  /** Makes up for the steps that rows missed: those in x's support, or all. */
  settle(matrix: RuledMatrix, x: Vector | null): void;
}

/** Where a network's numbers are, and what computes with them there. */
export interface Workspace {
  /** Makes a zeroed array in the network's precision. @throws OutOfMemoryError */
  floats(length: number): FloatArray;
  /** The same in the precision of sums. */
  sums(length: number): FloatArray;
  indices(length: number): Int32Array;
  readonly kernels: Kernels;
}

/** Added to a column's variance, so that a column whose overlap hardly varies is not blown up. */
export const leastVariance = 0.01;
