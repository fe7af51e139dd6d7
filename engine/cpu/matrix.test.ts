import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addProduct,
  addTransposedProduct,
  addTransposedProductAndSubtract,
  subtractOuterProduct,
  transpose,
} from './matrix.ts';
import { plainWorkspace } from './plain-workspace.ts';
import { assign, createVector, type Vector } from './vector.ts';

const workspace = plainWorkspace(Float64Array);

const sparse = (values: number[]): Vector => {
  const vector = createVector(values.length, workspace);
  assign(vector, Float64Array.from(values));
  return vector;
};

/** Small integers and many zeros: sums are exact, and blocks of rows of every length occur. */
const entry = fc.oneof(fc.constant(0), fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
const problem = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }))
  .chain(([inputs, outputs]) =>
    fc.record({
      x: fc.array(entry, { minLength: inputs, maxLength: inputs }),
      delta: fc.array(entry, { minLength: outputs, maxLength: outputs }),
      weights: fc.array(fc.integer({ min: -9, max: 9 }), {
        minLength: inputs * outputs,
        maxLength: inputs * outputs,
      }),
    }),
  );

type Problem = { x: number[]; delta: number[]; weights: number[] };

const at = ({ delta, weights }: Problem, i: number, o: number): number => weights[i * delta.length + o]!;

const stepped = (p: Problem, rate: number): number[] =>
  p.x.flatMap((xi, i) => p.delta.map((d, o) => at(p, i, o) - rate * xi * d));

/** Only inputs that are not zero get a gradient; 1 was there before. */
const transposedProduct = (p: Problem): number[] =>
  p.x.map((xi, i) => (xi === 0 ? 1 : p.delta.reduce((sum, d, o) => sum + d * at(p, i, o), 1)));

const plain = (values: ArrayLike<number>): number[] => Array.from(values, v => v + 0);

test('the product skips zeros and nothing else', () => {
  fc.assert(
    fc.property(problem, p => {
      const sum = new Float64Array(p.delta.length).fill(1);
      addProduct(sum, Float64Array.from(p.weights), p.delta.length, sparse(p.x));
      expect(plain(sum)).toEqual(
        p.delta.map((_, o) => p.x.reduce((total, xi, i) => total + xi * at(p, i, o), 1)),
      );
    }),
  );
});

test('the transposed product gives a gradient to the inputs that are not zero', () => {
  fc.assert(
    fc.property(problem, p => {
      const gradient = createVector(p.x.length, workspace);
      gradient.values.fill(1);
      const x = sparse(p.x);
      addTransposedProduct(gradient, Float64Array.from(p.weights), p.delta.length, x, sparse(p.delta));
      expect(plain(gradient.values)).toEqual(transposedProduct(p));
      expect(gradient.support.subarray(0, gradient.count)).toEqual(x.support.subarray(0, x.count));
    }),
  );
});

test('the outer product is subtracted', () => {
  fc.assert(
    fc.property(problem, p => {
      const weights = Float64Array.from(p.weights);
      subtractOuterProduct(weights, p.delta.length, sparse(p.x), sparse(p.delta), 0.5);
      expect(plain(weights)).toEqual(plain(stepped(p, 0.5)));
    }),
  );
});

test('one sweep does what two do, with the weights from before', () => {
  fc.assert(
    fc.property(problem, p => {
      const weights = Float64Array.from(p.weights);
      const gradient = createVector(p.x.length, workspace);
      gradient.values.fill(1);
      const x = sparse(p.x);
      addTransposedProductAndSubtract(gradient, weights, p.delta.length, x, sparse(p.delta), 0.5);
      expect(plain(gradient.values)).toEqual(transposedProduct(p));
      expect(gradient.support.subarray(0, gradient.count)).toEqual(x.support.subarray(0, x.count));
      expect(plain(weights)).toEqual(plain(stepped(p, 0.5)));
    }),
  );
});

test('a matrix beyond one tile is transposed', () => {
  const [rows, columns] = [45, 70];
  const from = Float64Array.from({ length: rows * columns }, (_, i) => i);
  const into = new Float64Array(rows * columns);
  transpose(into, from, rows, columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      expect(into[column * rows + row]).toBe(row * columns + column);
});
