import type { NetworkConfig } from '../model/config.ts';
import type { FloatArray } from '../network.ts';
import {
  type Layer,
  plainTensor,
  type ReadableTensor,
  type StepContext,
  type StoredTensor,
} from './layer.ts';
import { clear, type Signal } from './vector.ts';
import { rankLargest } from './winners.ts';
import { type Kernels, leastVariance, type Workspace } from './workspace.ts';

/**
 * Columns compete: homeostasis turns overlaps r into scores o, the k largest win, and only winners are active
 * (model.md, 3 and 4). Owns the columns' running statistics and duty cycles. All arrays are [columns].
 */
export class Competition implements Layer {
  /** By descending score, [winners]. */
  readonly winners: Int32Array;
  readonly stored: readonly StoredTensor[];
  readonly observed: readonly ReadableTensor[];

  private readonly overlap: Signal;
  private readonly column: Signal;
  private readonly config: NetworkConfig;
  private readonly kernels: Kernels;
  private readonly mean: FloatArray;
  private readonly variance: FloatArray;
  private readonly duty: FloatArray;
  private readonly score: FloatArray;
  /** What winners are chosen by, unless it is the score itself. */
  private readonly preference: FloatArray;
  /** The winners and, where they are thresholded, the best loser after them. */
  private readonly ranked: Int32Array;

  constructor(overlap: Signal, column: Signal, config: NetworkConfig, workspace: Workspace) {
    const { columns, winners } = config;
    this.overlap = overlap;
    this.column = column;
    this.config = config;
    this.kernels = workspace.kernels;
    this.mean = workspace.floats(columns);
    this.variance = workspace.floats(columns);
    this.duty = workspace.floats(columns);
    this.score = workspace.floats(columns);
    this.preference = workspace.floats(columns);
    this.ranked = new Int32Array(config.winnerActivation === 'thresholded' ? winners + 1 : winners);
    this.winners = this.ranked.subarray(0, winners);
    this.stored = [
      plainTensor('pooler.mean', this.mean),
      plainTensor('pooler.variance', this.variance),
      plainTensor('pooler.duty', this.duty),
    ];
    this.observed = [
      plainTensor('activity.score', this.score),
      { name: 'activity.winners', length: winners, read: into => into.set(this.winners) },
    ];
  }

  forward(context: StepContext): void {
    this.computeScores(context);
    const { conscience, boostStrength } = context.live;
    const boost = this.config.homeostasis === 'boost' ? boostStrength : 0;
    const favours = boost > 0 || conscience > 0;
    if (favours) this.prefer(boost, conscience);
    rankLargest(favours ? this.preference : this.score, this.ranked);
    this.activate();
    if (context.learning) this.updateDuty(context.live.dutyRate);
  }

  private computeScores({ learning, clock, live }: StepContext): void {
    const { score, mean, variance } = this;
    const overlap = this.overlap.value.values;
    if (this.config.homeostasis !== 'normalise') {
      score.set(overlap);
      return;
    }
    // The first overlaps count fully, as in a plain average, until the running rate takes over.
    const rate = Math.max(live.homeostasisRate, 1 / clock.updates);
    if (learning) this.kernels.follow(overlap, mean, variance, rate, clock.updates === 1);
    this.kernels.normalise(score, overlap, mean, variance);
  }

  /** Favours columns that won less than their share: by a factor (boost), and by a summand (conscience). */
  private prefer(strength: number, conscience: number): void {
    const { kernels, preference, duty } = this;
    const fairShare = this.config.winners / this.config.columns;
    let { score } = this;
    if (strength > 0) {
      for (let j = 0; j < score.length; j++)
        preference[j] = score[j]! * Math.exp(strength * (fairShare - duty[j]!));
      score = preference;
    }
    if (conscience > 0) kernels.favour(preference, score, duty, conscience, fairShare);
  }

  /** Active columns in index order, which is the order that all sums over winners run in. */
  private activate(): void {
    const { winners, ranked, score } = this;
    const { value } = this.column;
    clear(value);
    const edge = ranked.length > winners.length ? score[ranked[winners.length]!]! : 0;
    for (let rank = 0; rank < winners.length; rank++) {
      const j = winners[rank]!;
      value.values[j] = score[j]! - edge;
      insert(value.support, value.count++, j);
    }
  }

  /** duty = (1 - rate) * duty + rate * won */
  private updateDuty(rate: number): void {
    const { duty, winners, kernels } = this;
    kernels.scale(duty, 1 - rate);
    for (let rank = 0; rank < winners.length; rank++) duty[winners[rank]!] = duty[winners[rank]!]! + rate;
  }

  /** Straight through to the winners, as in max pooling; the edge, which was subtracted from all, gets minus their sum. */
  backward(): void {
    const { winners, ranked } = this;
    const { gradient } = this.overlap;
    const { values, support, count } = this.column.gradient;
    let sum = 0;
    for (let n = 0; n < count; n++) {
      const j = support[n]!;
      gradient.values[j] = gradient.values[j]! + values[j]! * this.slope(j);
      gradient.support[n] = j;
      sum += values[j]!;
    }
    gradient.count = count;
    if (ranked.length > winners.length) {
      const edge = ranked[winners.length]!;
      gradient.values[edge] = gradient.values[edge]! - sum * this.slope(edge);
      insert(gradient.support, gradient.count++, edge);
    }
  }

  /** d o_j / d r_j; mean and variance are constants to the gradient. */
  private slope(j: number): number {
    return this.config.homeostasis === 'normalise' ? 1 / Math.sqrt(this.variance[j]! + leastVariance) : 1;
  }

  update(): void {}
}

/** Puts `index` in its place among the first `count` of `ascending`. */
function insert(ascending: Int32Array, count: number, index: number): void {
  let at = count;
  for (; at > 0 && ascending[at - 1]! > index; at--) ascending[at] = ascending[at - 1]!;
  ascending[at] = index;
}
