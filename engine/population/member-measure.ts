import { DivergenceWatch } from '../measure/divergence.ts';
import { ErrorHistory, type HistoryPoint } from '../measure/error-history.ts';
import { RunMeasure, type Summary } from '../measure/run-measure.ts';
import type { Settings } from '../model/config.ts';
import type { StepRecords } from '../network.ts';
import type { PopulationRecords } from './population.ts';

/** How one network of a population does over its last 1,000 steps. */
export interface MemberSummary extends Summary {
  /** Steps done when it had diverged, which is where its measures end; null while it has not. */
  divergedAt: number | null;
}

/** What is known of one network of a population. */
export class MemberMeasure {
  readonly #measure: RunMeasure;
  readonly #history: ErrorHistory;
  readonly #watch: DivergenceWatch;
  #divergedAt: number | null = null;

  /** @param limit the mean loss beyond which a network has diverged */
  constructor({ network, signal }: Settings, limit: number) {
    this.#measure = new RunMeasure(network, [], 0, signal.wave);
    this.#history = new ErrorHistory(network.columns);
    this.#watch = new DivergenceWatch(limit, { learning: true, freeRun: false });
  }

  get summary(): MemberSummary {
    return { ...this.#measure.summary(), divergedAt: this.#divergedAt };
  }

  get history(): { points: readonly HistoryPoint[]; width: number } {
    const { points, width } = this.#history;
    return { points, width };
  }

  add(records: StepRecords): void {
    if (this.#divergedAt !== null) return;
    this.#divergedAt = this.#watch.add(records);
    // However batches are cut, its measures end there.
    const own = stretchOf(records, 0, this.#divergedAt ?? undefined);
    this.#measure.add(own);
    this.#history.add(own);
  }
}

/** One member's steps, as it would have reported them alone. @param input [count, inputs] */
export function recordsOf(records: PopulationRecords, member: number, input: Float32Array): StepRecords {
  const { firstStep, count, members, target } = records;
  const gather = <A extends Float32Array | Uint32Array>(from: A, into: A): A => {
    const width = into.length / count;
    for (let r = 0; r < count; r++) {
      const at = (r * members + member) * width;
      into.set(from.subarray(at, at + width), r * width);
    }
    return into;
  };
  return {
    firstStep,
    count,
    input,
    target,
    prediction: gather(records.prediction, new Float32Array(target.length)),
    loss: gather(records.loss, new Float32Array(count)),
    bursting: gather(records.bursting, new Uint32Array(count)),
    winners: gather(records.winners, new Uint32Array(records.winners.length / members)),
  };
}

/** The steps among them that make a run of `after` steps one of `end` steps. There must be some. */
export function stretchOf(records: StepRecords, after: number, end = Number.POSITIVE_INFINITY): StepRecords {
  const { firstStep, count } = records;
  const from = Math.max(0, after - firstStep);
  const to = Math.min(count, end - firstStep);
  if (from === 0 && to === count) return records;
  const cut = <A extends Float32Array | Uint32Array>(values: A): A => {
    const width = values.length / count;
    return values.subarray(from * width, to * width) as A;
  };
  return {
    firstStep: firstStep + from,
    count: to - from,
    input: cut(records.input),
    target: cut(records.target),
    prediction: cut(records.prediction),
    loss: cut(records.loss),
    bursting: cut(records.bursting),
    winners: cut(records.winners),
  };
}

/** Members from the best to the worst: by error, and those that diverged last, the earliest of them at the very end. */
export function ranked(summaries: readonly MemberSummary[]): number[] {
  const key = ({ divergedAt, rmse }: MemberSummary): [number, number] =>
    divergedAt === null && Number.isFinite(rmse) ? [0, rmse] : [1, -(divergedAt ?? 0)];
  return summaries
    .map((summary, member) => ({ member, key: key(summary) }))
    .sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1] || a.member - b.member)
    .map(({ member }) => member);
}
