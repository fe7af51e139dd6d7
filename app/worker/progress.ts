import { ColumnUse } from '../../engine/measure/column-use.ts';
import { ErrorHistory } from '../../engine/measure/error-history.ts';
import { type Milestone, RunMeasure } from '../../engine/measure/run-measure.ts';
import type { Settings } from '../../engine/model/config.ts';
import type { StepRecords } from '../../engine/network.ts';
import type { Measured } from '../storage/record.ts';
import type { Report } from './protocol.ts';
import { buffersOf, Tail } from './tail.ts';

export type Post = (report: Report, transfer?: Transferable[]) => void;

const reportMilliseconds = 1000 / 30;
/** A page that nobody sees needs to know little; when it freezes, little waits for it. */
const unseenMilliseconds = 1000;
const historyMilliseconds = 500;
/** Steps a second are counted over this long. */
const rateMilliseconds = 1000;
/** Longer without a word, and the machine slept: that is no time of training. */
const sleepMilliseconds = 10_000;

/** Measures a run as it goes and tells of it, at most 30 times a second while steps keep coming. */
export class Progress {
  readonly #settings: Settings;
  readonly #post: Post;
  readonly #tail: Tail;
  readonly #history: ErrorHistory;
  /** How evenly columns are used, over the whole run. */
  readonly use: ColumnUse;
  #measure: RunMeasure;
  #milestones: readonly number[];
  /** Those that were passed. */
  #taken: readonly Milestone[];
  #step: number;
  #underWay = false;
  #seen = true;
  #reported = -Infinity;
  #historyReported = -Infinity;
  /** When how many steps were done, over the last second of training; the oldest first. */
  #marks: { time: number; step: number }[] = [];
  #stepsPerSecond = 0;

  /** @param before what was measured of the run up to `step`, where it is gone on with */
  constructor(
    settings: Settings,
    milestones: readonly number[],
    step: number,
    post: Post,
    before?: Pick<Measured, 'history' | 'milestones'>,
  ) {
    this.#settings = settings;
    this.#milestones = milestones;
    this.#step = step;
    this.#post = post;
    this.#tail = new Tail(settings.network);
    this.#history = new ErrorHistory(settings.network.columns, step, before?.history);
    this.#taken = before?.milestones.filter(milestone => milestone.step <= step) ?? [];
    this.use = new ColumnUse(settings.network);
    this.#measure = this.#measureFrom(step);
  }

  /** How many milestones were passed. */
  get milestones(): number {
    return this.#taken.length;
  }

  /** All that is known of the run up to the present step. */
  measured(): Measured {
    const { points, width } = this.#history;
    return { history: { points, width }, milestones: this.#taken, summary: this.#measure.summary() };
  }

  /** Tells of the milestones that were passed before the run was gone on with. */
  tellBefore(): void {
    for (const milestone of this.#taken) this.#post({ kind: 'milestone', milestone });
    if (this.#taken.length > 0 || this.#history.points.length > 0) this.end();
  }

  /** Steps will keep coming: they are told of as they do, and timed from now. */
  begin(): void {
    this.#underWay = true;
    this.#marks = [{ time: performance.now(), step: this.#step }];
    this.#stepsPerSecond = 0;
  }

  /** Steps done at the next milestone; infinite after the last. */
  get nextMilestone(): number {
    return Math.min(...this.#milestones.filter(step => step > this.#step));
  }

  /** The run halts at a milestone, and what the network is like there has been kept. */
  milestoneReached(): void {
    this.#report(performance.now(), false);
    this.#post({ kind: 'milestoneReached', step: this.#step });
  }

  /** Whether anybody sees the page. Who comes back to it is told all at once. */
  setSeen(seen: boolean): void {
    this.#seen = seen;
    if (seen && this.#underWay) this.#report(performance.now(), true);
  }

  setMilestones(steps: readonly number[]): void {
    this.#milestones = steps;
    this.#measure.setMilestones(steps);
  }

  /** Goes back to an earlier step of the run; what came after it did not happen. */
  rewind(step: number): void {
    this.#step = step;
    this.#tail.clear();
    this.#history.dropAfter(step);
    this.#taken = this.#taken.filter(milestone => milestone.step <= step);
    this.use.dropAfter(step);
    this.#measure = this.#measureFrom(step);
  }

  add(records: StepRecords): void {
    const now = performance.now();
    this.#step = records.firstStep + records.count;
    this.#history.add(records);
    this.use.add(records);
    this.#tail.add(records);
    const passed = this.#measure.add(records);
    if (passed.length > 0) this.#taken = [...this.#taken, ...passed];
    for (const milestone of passed) this.#post({ kind: 'milestone', milestone });
    if (!this.#underWay) return;
    if (!this.#seen) {
      if (now - this.#reported >= unseenMilliseconds) this.#report(now, false);
    } else if (now - this.#reported >= reportMilliseconds)
      this.#report(now, now - this.#historyReported >= historyMilliseconds);
  }

  /** No more steps follow for now: tells all that has not been told yet. */
  end(): void {
    this.#underWay = false;
    this.#report(performance.now(), true);
  }

  #measureFrom(step: number): RunMeasure {
    const { network, signal } = this.#settings;
    return new RunMeasure(network, this.#milestones, step, signal.wave);
  }

  #report(now: number, withHistory: boolean): void {
    this.#countRate(now);
    const tail = this.#tail.take();
    const { points, width } = this.#history;
    const report: Report = {
      kind: 'progress',
      step: this.#step,
      tail,
      summary: this.#measure.summary(),
      stepsPerSecond: this.#stepsPerSecond,
      history: withHistory ? { points, width } : null,
    };
    this.#post(report, buffersOf(tail));
    this.#reported = now;
    if (withHistory) this.#historyReported = now;
  }

  #countRate(now: number): void {
    const marks = this.#marks;
    const last = marks.at(-1);
    // Batches are far shorter: after a sleep the rate is counted anew, and until then it is the one before.
    if (last && now - last.time > sleepMilliseconds) marks.length = 0;
    const oldest = marks[0];
    if (oldest && now > oldest.time)
      this.#stepsPerSecond = (1000 * (this.#step - oldest.step)) / (now - oldest.time);
    marks.push({ time: now, step: this.#step });
    while (marks.length > 2 && marks[1]!.time <= now - rateMilliseconds) marks.shift();
  }
}
