import { type RuledMatrix, RuleHistory } from '../cpu/optimizer.ts';
import type { Vector } from '../cpu/vector.ts';
import type { Descent, Kernels } from '../cpu/workspace.ts';
import type { FloatArray } from '../network.ts';

/** What assembly/index.ts exports; pointers and lengths are numbers. */
export type Loops = Record<
  | 'addScaled'
  | 'affine'
  | 'descend'
  | 'descendAndAffine'
  | 'favour'
  | 'follow'
  | 'moveRow'
  | 'moveRows'
  | 'normalise'
  | 'passBack'
  | 'passBackAndDescend'
  | 'prepare'
  | 'scale'
  | 'setMatrix'
  | 'setRings'
  | 'setRule'
  | 'settleRows'
  | 'squaredNorm',
  (...values: number[]) => number
>;

/** 64 bytes for what a row has left over, 256 for a table, and room for the entries of a vector of `longest`. */
export const spareLength = (longest: number): number => 80 + 2 * (longest + 3);

const ruleNumbers = { momentum: 0, rmsprop: 1, adam: 2 };

/** The loops in WebAssembly. All arrays that they are given lie in one memory, where they begin at `byteOffset`. */
export class WasmKernels implements Kernels {
  private readonly loops: Loops;
  private readonly spare: Float32Array;
  private history: RuleHistory | null = null;

  /** `spare` has room for the longest vector: `spareLength`. */
  constructor(loops: Loops, spare: Float32Array) {
    this.loops = loops;
    this.spare = spare;
    loops.prepare(spare.byteOffset + 64);
  }

  affine(y: Vector, weights: FloatArray, bias: FloatArray, x: Vector, relu: boolean): void {
    y.count = this.loops.affine(
      y.values.byteOffset,
      y.support.byteOffset,
      weights.byteOffset,
      bias.byteOffset,
      bias.length,
      x.values.byteOffset,
      x.support.byteOffset,
      x.count,
      Number(relu),
    );
  }

  descendAndAffine(
    y: Vector,
    weights: FloatArray,
    bias: FloatArray,
    x: Vector,
    relu: boolean,
    { input, delta, rate }: Descent,
  ): void {
    y.count = this.loops.descendAndAffine(
      y.values.byteOffset,
      y.support.byteOffset,
      weights.byteOffset,
      bias.byteOffset,
      bias.length,
      x.values.byteOffset,
      x.support.byteOffset,
      x.count,
      Number(relu),
      input.values.byteOffset,
      input.support.byteOffset,
      input.count,
      delta.values.byteOffset,
      rate,
    );
  }

  passBack(gradient: Vector, weights: FloatArray, width: number, x: Vector, delta: Vector): void {
    gradient.count = x.count;
    this.loops.passBack(
      gradient.values.byteOffset,
      gradient.support.byteOffset,
      weights.byteOffset,
      width,
      x.support.byteOffset,
      x.count,
      delta.values.byteOffset,
      delta.support.byteOffset,
      delta.count,
    );
  }

  passBackAndDescend(
    gradient: Vector,
    weights: FloatArray,
    width: number,
    x: Vector,
    delta: Vector,
    rate: number,
  ): void {
    gradient.count = x.count;
    this.loops.passBackAndDescend(
      gradient.values.byteOffset,
      gradient.support.byteOffset,
      weights.byteOffset,
      width,
      x.values.byteOffset,
      x.support.byteOffset,
      x.count,
      delta.values.byteOffset,
      delta.support.byteOffset,
      delta.count,
      rate,
    );
  }

  descend(weights: FloatArray, width: number, x: Vector, delta: Vector, rate: number): void {
    this.loops.descend(
      weights.byteOffset,
      width,
      x.values.byteOffset,
      x.support.byteOffset,
      x.count,
      delta.values.byteOffset,
      delta.support.byteOffset,
      delta.count,
      rate,
    );
  }

  addScaled(into: FloatArray, delta: Vector, factor: number): void {
    this.loops.addScaled(
      into.byteOffset,
      delta.values.byteOffset,
      into.length,
      delta.support.byteOffset,
      delta.count,
      factor,
    );
  }

  squaredNorm({ values }: Vector): number {
    return this.loops.squaredNorm(values.byteOffset, values.length);
  }

  follow(overlap: FloatArray, mean: FloatArray, variance: FloatArray, rate: number, first: boolean): void {
    this.loops.follow(
      overlap.byteOffset,
      mean.byteOffset,
      variance.byteOffset,
      mean.length,
      rate,
      Number(first),
    );
  }

  normalise(score: FloatArray, overlap: FloatArray, mean: FloatArray, variance: FloatArray): void {
    this.loops.normalise(
      score.byteOffset,
      overlap.byteOffset,
      mean.byteOffset,
      variance.byteOffset,
      score.length,
    );
  }

  scale(values: FloatArray, factor: number): void {
    this.loops.scale(values.byteOffset, values.length, factor);
  }

  favour(
    preference: FloatArray,
    score: FloatArray,
    duty: FloatArray,
    conscience: number,
    fairShare: number,
  ): void {
    this.loops.favour(
      preference.byteOffset,
      score.byteOffset,
      duty.byteOffset,
      score.length,
      conscience,
      fairShare,
    );
  }

  beginStep(history: RuleHistory): void {
    const { beta1, beta2, epsilon, steps, scales } = history;
    if (this.history !== history)
      this.loops.setRings(
        steps.byteOffset,
        scales.byteOffset,
        RuleHistory.length,
        this.spare.byteOffset,
        this.spare.byteOffset + 320,
      );
    this.history = history;
    this.loops.setRule(beta1, 1 - beta1, beta2, 1 - beta2, epsilon);
  }

  moveRows(matrix: RuledMatrix, x: Vector, delta: Vector): void {
    this.choose(matrix);
    this.loops.moveRows(
      x.values.byteOffset,
      x.support.byteOffset,
      x.count,
      delta.values.byteOffset,
      delta.support.byteOffset,
      delta.count,
    );
  }

  moveRow(matrix: RuledMatrix, row: number, factor: number, delta: Vector): void {
    this.choose(matrix);
    this.loops.moveRow(row, factor, delta.values.byteOffset, delta.support.byteOffset, delta.count);
  }

  settle(matrix: RuledMatrix, x: Vector | null): void {
    this.choose(matrix);
    // No array begins at 0.
    this.loops.settleRows(x ? x.support.byteOffset : 0, x ? x.count : matrix.seen.length);
  }

  private choose({ history, weights, slots, width, seen, stirred, share }: RuledMatrix): void {
    this.loops.setMatrix(
      ruleNumbers[history.rule],
      weights.byteOffset,
      slots.m.byteOffset,
      slots.v.byteOffset,
      width,
      seen.byteOffset,
      stirred.byteOffset,
      history.done,
      share,
    );
  }
}
