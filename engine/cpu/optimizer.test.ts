import { describe, expect, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import { gaussianGenerator } from '../model/generator.ts';
import type { FloatArray } from '../network.ts';
import { wasmWorkspace } from '../wasm/workspace.ts';
import { type RuledMatrix, RuleHistory, type RuleName, refresh, ruledMatrix } from './optimizer.ts';
import { plainWorkspace } from './plain-workspace.ts';
import { assign, createVector, type Vector } from './vector.ts';
import type { Workspace } from './workspace.ts';

const rows = 9;
const rules = ['momentum', 'rmsprop', 'adam'] as const;
const { beta1, beta2, epsilon } = plainNetwork;

/** A matrix under a rule, and what it takes to train it. */
class Bench {
  readonly matrix: RuledMatrix;
  readonly workspace: Workspace;
  private readonly history: RuleHistory;
  private readonly x: Vector;
  private readonly delta: Vector;

  constructor(rule: RuleName, width: number, workspace: Workspace) {
    this.workspace = workspace;
    this.history = new RuleHistory(rule, workspace);
    this.matrix = ruledMatrix(this.history, workspace.floats(rows * width), width, workspace);
    this.x = createVector(rows, workspace);
    this.delta = createVector(width, workspace);
  }

  step(t: number, x: number[], delta: number[]): void {
    assign(
      this.x,
      Float64Array.from({ length: rows }, (_, i) => x[i] ?? 0),
    );
    assign(this.delta, Float64Array.from(delta));
    this.history.begin({ ...contextAt(t), live: plainNetwork, learning: true, stepScale: 1 });
    this.workspace.kernels.moveRows(this.matrix, this.x, this.delta);
    this.history.done++;
  }

  settle(): void {
    this.workspace.kernels.settle(this.matrix, null);
  }

  get values(): number[] {
    const { weights, slots } = this.matrix;
    return [...weights, ...slots.m, ...slots.v];
  }
}

/** The rate rises, falls and pauses; counted from 1. */
const contextAt = (t: number) => ({
  rate: t % 40 === 0 ? 0 : 0.01 * Math.min(1, t / 20) * (1 + Math.sin(t / 9)),
  clock: { step: t, updates: t, correction1: 1 - beta1 ** t, correction2: 1 - beta2 ** t },
});

const workspaces: [string, (build: (workspace: Workspace) => void) => Workspace][] = [
  ['TypeScript', () => plainWorkspace(Float32Array)],
  ['WebAssembly', build => wasmWorkspace(build)!],
];

/** Rows and columns come and go; some rows never have a gradient, some only at first. */
function gradients(width: number, steps: number): { x: number[]; delta: number[] }[] {
  const noise = gaussianGenerator(1, 'gradients');
  return Array.from({ length: steps }, (_, t) => ({
    x: Array.from({ length: rows }, (_, i) => {
      const value = noise.next();
      return i === 0 || (i === 1 && t > 0) || (t * (i + 3)) % 7 > 1 ? 0 : value;
    }),
    delta: Array.from({ length: width }, (_, o) => {
      const value = noise.next();
      return (t + o) % (t % 3 === 0 ? 5 : 2) === 0 ? value : 0;
    }),
  }));
}

/** The formulas of docs/model.md for every weight at every step, in float64. */
function denseFormula(
  rule: RuleName,
  start: FloatArray,
  given: { x: number[]; delta: number[] }[],
): number[] {
  const w = [...start];
  const m = w.map(() => 0);
  const v = w.map(() => 0);
  given.forEach(({ x, delta }, step) => {
    const { rate, clock } = contextAt(step + 1);
    for (let i = 0; i < w.length; i++) {
      const g = x[Math.floor(i / delta.length)]! * delta[i % delta.length]!;
      m[i] = beta1 * m[i]! + (rule === 'adam' ? 1 - beta1 : 1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      if (rule === 'momentum') w[i]! -= rate * m[i]!;
      else if (rule === 'rmsprop') w[i]! -= (rate * g) / (Math.sqrt(v[i]!) + epsilon);
      else w[i]! -= (rate * m[i]!) / clock.correction1 / (Math.sqrt(v[i]! / clock.correction2) + epsilon);
    }
  });
  return [...w, ...(rule === 'rmsprop' ? [] : m), ...(rule === 'momentum' ? [] : v)];
}

describe.each(workspaces)('%s', (_, open) => {
  const create = (rule: RuleName, width: number): Bench => {
    const bench = new Bench(
      rule,
      width,
      open(workspace => new Bench(rule, width, workspace)),
    );
    const noise = gaussianGenerator(2, 'weights');
    bench.matrix.weights.forEach((_, i, weights) => {
      weights[i] = 0.1 * noise.next();
    });
    return bench;
  };

  // 3: a row's rest alone; 83: whole blocks and a rest.
  describe.each(rules.flatMap(rule => [3, 83].map(width => ({ rule, width }))))(
    '$rule, rows of $width',
    ({ rule, width }) => {
      const given = gradients(width, 200);

      test('rows that are visited now and then end where the formula takes all of them', () => {
        const bench = create(rule, width);
        const expected = denseFormula(rule, bench.matrix.weights.slice(), given);
        given.forEach(({ x, delta }, t) => {
          bench.step(t + 1, x, delta);
        });
        bench.settle();
        const apart = bench.values.map(
          (value, i) => Math.abs(value - expected[i]!) / (1 + Math.abs(expected[i]!)),
        );
        expect(Math.max(...apart)).toBeLessThan(1e-5);
      });

      test('it does not matter when they make up for what they missed, to the last bit', () => {
        const [late, often] = [create(rule, width), create(rule, width)];
        given.forEach(({ x, delta }, t) => {
          late.step(t + 1, x, delta);
          often.step(t + 1, x, delta);
          if (t % 3 === 0) often.settle();
        });
        late.settle();
        often.settle();
        expect(late.values).toEqual(often.values);
      });
    },
  );

  test.each([
    ['momentum', 1_000],
    ['rmsprop', 100_000],
    ['adam', 100_000],
  ] as const)('%s comes to rest without a gradient, and then moves nothing', (rule, steps) => {
    const bench = create(rule, 1);
    const { slots, weights, stirred } = bench.matrix;
    slots.m.fill(0.5);
    slots.v.fill(0.5);
    refresh(bench.matrix);
    const step = () => bench.step(20, [1], [0]);
    step();
    expect(stirred[0]).toBe(1);
    for (let i = 0; i < steps; i++) step();
    const before = weights[0];
    step();
    expect(stirred[0]).toBe(0);
    expect(weights[0]).toBe(before);
    expect(rule === 'rmsprop' ? 0 : slots.m[0]).toBe(0);
    expect(rule === 'momentum' ? 0 : slots.v[0]).toBe(0);
  });
});
