import type { NetworkConfig } from '../model/config.ts';
import type { FloatArray } from '../network.ts';
import type { OuterProduct } from './dense.ts';
import { type StoredTensor, vectorTensor } from './layer.ts';
import { clear, createVector, swap, type Vector } from './vector.ts';
import type { Workspace } from './workspace.ts';

/** What the way back needs of a step. All are [cells], meant where cells are active. */
interface Step {
  readonly active: Vector;
  readonly gate: { values: FloatArray };
  /** c/s of the cell's column; 0 where it burst. */
  readonly factor: { values: FloatArray };
  /** p: the gradient by what the step before predicted, through this step's gates. */
  readonly delta: Vector;
}

/** Adds T^T delta to `gradient`, where `active` is. */
export type PassBack = (active: Vector, delta: Vector, gradient: Vector) => void;

/**
 * Backpropagation through time, beyond the one step that the gate itself makes: the error of what an earlier step
 * predicted goes through the memory's weights to the cells that were active then, through their gates to the prediction
 * before that, and so on. Keeps what that needs of as many steps as are unrolled.
 */
export class Unrolling {
  readonly stored: readonly StoredTensor[];
  /** What the gradient of the memory gains by it. */
  readonly terms: readonly OuterProduct[];

  /** The present step, then the one before it, and so on. */
  private readonly steps: readonly Step[];
  private readonly cellsPerColumn: number;
  private readonly passBack: PassBack;
  private readonly carried: Vector; // [cells]

  /** `active` and `previousActive` are the graph's own; `previousDelta` is what the gate passes back, p of this step. */
  constructor(
    active: Vector,
    previousActive: Vector,
    previousDelta: Vector,
    passBack: PassBack,
    { unroll, cellsPerColumn }: NetworkConfig,
    workspace: Workspace,
  ) {
    const cells = active.values.length;
    this.passBack = passBack;
    this.cellsPerColumn = cellsPerColumn;
    this.steps = Array.from({ length: unroll + 1 }, (_, i) => ({
      active: [active, previousActive][i] ?? createVector(cells, workspace),
      gate: { values: workspace.floats(cells) },
      factor: { values: workspace.floats(cells) },
      delta: i === 0 ? previousDelta : createVector(cells, workspace),
    }));
    this.carried = createVector(cells, workspace);
    this.terms = this.steps.slice(1, -1).map(({ delta }, i) => ({ input: this.steps[i + 2]!.active, delta }));
    this.stored = this.steps.slice(0, -1).flatMap((step, ago) => [
      // The present step's cells are stored as the state of the temporal memory.
      ...(ago > 0 ? [vectorTensor(`history.${ago}.active`, step.active)] : []),
      ...(ago < unroll - 1
        ? [
            whereActive(`history.${ago}.gate`, step.active, step.gate),
            whereActive(`history.${ago}.factor`, step.active, step.factor),
          ]
        : []),
    ]);
  }

  /** Every step moves one further into the past, and the oldest makes room for the present one. */
  turnOver(): void {
    for (let i = this.steps.length - 1; i > 0; i--) {
      const [older, newer] = [this.steps[i]!, this.steps[i - 1]!];
      swap(older.active, newer.active);
      exchange(older.gate, newer.gate);
      exchange(older.factor, newer.factor);
    }
  }

  /** Keeps an active cell's gate, and what the gate's gradient is multiplied by. */
  record(cell: number, gate: number, factor: number): void {
    const { gate: gates, factor: factors } = this.steps[0]!;
    gates.values[cell] = gate;
    factors.values[cell] = factor;
  }

  backward(): void {
    for (let ago = 1; ago < this.steps.length - 1; ago++) {
      const step = this.steps[ago]!;
      clear(step.delta);
      clear(this.carried);
      this.passBack(step.active, this.steps[ago - 1]!.delta, this.carried);
      this.throughGates(step);
    }
  }

  clear(): void {
    for (const { active, delta } of this.steps) {
      clear(active);
      clear(delta);
    }
  }

  /** p = c (da - sum_m da_m g_m) / s, over the cells of each column. */
  private throughGates({ active, gate, factor, delta }: Step): void {
    const { support, count } = active;
    const { values } = this.carried;
    for (let start = 0; start < count; ) {
      const end = (Math.floor(support[start]! / this.cellsPerColumn) + 1) * this.cellsPerColumn;
      let sum = 0;
      let next = start;
      for (; next < count && support[next]! < end; next++)
        sum += values[support[next]!]! * gate.values[support[next]!]!;
      for (; start < next; start++) {
        const cell = support[start]!;
        if (factor.values[cell] === 0) continue;
        delta.values[cell] = factor.values[cell]! * (values[cell]! - sum);
        delta.support[delta.count++] = cell;
      }
    }
  }
}

function exchange(a: { values: FloatArray }, b: { values: FloatArray }): void {
  [a.values, b.values] = [b.values, a.values];
}

/** Zero where cells are not active, whatever was there in steps before. */
const whereActive = (name: string, active: Vector, of: { values: FloatArray }): StoredTensor => ({
  name,
  length: of.values.length,
  read: into => {
    into.fill(0);
    for (let n = 0; n < active.count; n++) into[active.support[n]!] = of.values[active.support[n]!]!;
  },
  write: from => of.values.set(from),
});
