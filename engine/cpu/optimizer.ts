import type { NetworkConfig } from '../model/config.ts';
import type { FloatArray } from '../network.ts';
import type { StepContext } from './layer.ts';
import type { Kernels, Workspace } from './workspace.ts';

/** What an optimiser remembers of each weight: `m` the running gradient, `v` its running square. Empty when unused. */
export interface Slots {
  readonly m: FloatArray;
  readonly v: FloatArray;
}

/** The optimisers that remember. The others' updates are sparse by nature, and stand in the dense layer. */
export type RuleName = Exclude<NetworkConfig['optimizer'], 'sgd' | 'normalised'>;

/**
 * What steps multiplied by, so that rows without a gradient can make up for them later: a row is visited only when it has
 * a gradient or is needed, and then does, one after the other, what it would have done at each step. So it does not
 * matter when that happens: the result is the same to the last bit.
 */
export class RuleHistory {
  /** Steps that are kept: all rows have to be settled before there are more. */
  static readonly length = 1024;
  /** Steps that all rows would have made. */
  done = 0;
  /** The rate of a step, by Adam's first correction where that is the rule. [length], a ring */
  readonly steps: FloatArray;
  /** 1 / Adam's second correction. [length], a ring */
  readonly scales: FloatArray;
  beta1 = 0;
  beta2 = 0;
  epsilon = 0;

  readonly rule: RuleName;
  private readonly kernels: Kernels;

  constructor(rule: RuleName, workspace: Workspace) {
    this.rule = rule;
    this.kernels = workspace.kernels;
    this.steps = workspace.sums(RuleHistory.length);
    this.scales = workspace.sums(RuleHistory.length);
  }

  /** Takes in the step that is about to be made. */
  begin({ rate, live, clock }: StepContext): void {
    const at = this.done % RuleHistory.length;
    this.steps[at] = this.rule === 'adam' ? rate / clock.correction1 : rate;
    this.scales[at] = 1 / clock.correction2;
    this.beta1 = live.beta1;
    this.beta2 = live.beta2;
    this.epsilon = live.epsilon;
    this.kernels.beginStep(this);
  }
}

/** Weights under a rule, [rows][width]. */
export interface RuledMatrix {
  readonly history: RuleHistory;
  readonly weights: FloatArray;
  readonly slots: Slots;
  readonly width: number;
  /** How many of the history's steps each row has made. [rows] */
  readonly seen: Int32Array;
  /** 0 where all slots of a row are zero: without a gradient nothing moves there. [rows] */
  readonly stirred: Int32Array;
  /** What the rates are multiplied by here, at all steps that a row may have missed. */
  share: number;
}

export function ruledMatrix(
  history: RuleHistory,
  weights: FloatArray,
  width: number,
  workspace: Workspace,
): RuledMatrix {
  const rows = weights.length / width;
  const slots = {
    m: workspace.floats(history.rule === 'rmsprop' ? 0 : weights.length),
    v: workspace.floats(history.rule === 'momentum' ? 0 : weights.length),
  };
  const [seen, stirred] = [workspace.indices(rows), workspace.indices(rows)];
  return { history, weights, slots, width, seen, stirred, share: 1 };
}

/** After slots were written: rows have missed nothing, and only some of them have anything to remember. */
export function refresh({ history, slots: { m, v }, width, seen, stirred }: RuledMatrix): void {
  for (let row = 0; row < seen.length; row++) {
    seen[row] = history.done;
    let i = row * width;
    const end = i + width;
    while (i < end && !m[i] && !v[i]) i++;
    stirred[row] = Number(i < end);
  }
}

/**
 * Moves a row of weights, from `offset` on, by factor * delta at the step numbered `at`, and its slots with it. Returns
 * whether any slot is left nonzero.
 */
export type Rule = (
  matrix: RuledMatrix,
  offset: number,
  at: number,
  factor: number,
  delta: FloatArray,
) => boolean;

/** Below this a float32 is subnormal: slow on CPUs, zero on most GPUs, and a decaying slot would stay there for ever. */
const leastNormal = 2 ** -126;

const momentum: Rule = ({ weights, slots: { m }, history, width, share }, offset, at, factor, delta) => {
  const { beta1 } = history;
  const rate = history.steps[at % RuleHistory.length]! * share;
  let stirred = false;
  for (let o = 0; o < width; o++) {
    const i = offset + o;
    let mean = beta1 * m[i]! + factor * delta[o]!;
    if (Math.abs(mean) < leastNormal) mean = 0;
    else stirred = true;
    m[i] = mean;
    weights[i] = weights[i]! - rate * mean;
  }
  return stirred;
};

const rmsprop: Rule = ({ weights, slots: { v }, history, width, share }, offset, at, factor, delta) => {
  const { beta2, epsilon } = history;
  const rate = history.steps[at % RuleHistory.length]! * share;
  let stirred = false;
  for (let o = 0; o < width; o++) {
    const i = offset + o;
    const g = factor * delta[o]!;
    let square = beta2 * v[i]! + (1 - beta2) * g * g;
    if (square < leastNormal) square = 0;
    else stirred = true;
    v[i] = square;
    if (g !== 0) weights[i] = weights[i]! - (rate * g) / (Math.sqrt(square) + epsilon);
  }
  return stirred;
};

const adam: Rule = ({ weights, slots: { m, v }, history, width, share }, offset, at, factor, delta) => {
  const { beta1, beta2, epsilon } = history;
  const step = history.steps[at % RuleHistory.length]! * share;
  const scale = history.scales[at % RuleHistory.length]!;
  let stirred = false;
  for (let o = 0; o < width; o++) {
    const i = offset + o;
    const g = factor * delta[o]!;
    let mean = beta1 * m[i]! + (1 - beta1) * g;
    let square = beta2 * v[i]! + (1 - beta2) * g * g;
    if (Math.abs(mean) < leastNormal) mean = 0;
    else stirred = true;
    if (square < leastNormal) square = 0;
    else stirred = true;
    m[i] = mean;
    v[i] = square;
    weights[i] = weights[i]! - (step * mean) / (Math.sqrt(square * scale) + epsilon);
  }
  return stirred;
};

export const rules: Record<RuleName, Rule> = { momentum, rmsprop, adam };
