import type { Trainer } from '../../engine/trainer.ts';
import type { Anchor, Remembered } from './recollection.ts';

/** A run that is run again from one of its states, with the changes that were made to it on the way. */
export class Replay {
  readonly #remembered: Remembered;
  readonly #signal: AbortSignal;
  readonly trainer: Trainer;
  /** Number of the next change, counted from the run's start. */
  #nextChange: number;

  private constructor(remembered: Remembered, signal: AbortSignal, anchor: Anchor, trainer: Trainer) {
    this.#remembered = remembered;
    this.#signal = signal;
    this.trainer = trainer;
    this.#nextChange = anchor.changes;
    trainer.setMode(anchor.mode);
  }

  static async from(
    anchor: Anchor,
    remembered: Remembered,
    signal: AbortSignal,
    resume = remembered.resume,
  ): Promise<Replay> {
    return new Replay(remembered, signal, anchor, await resume(anchor.checkpoint));
  }

  get step(): number {
    return this.trainer.step;
  }

  /** Stops on the way when the signal aborts. */
  async runTo(step: number): Promise<void> {
    const { changes, firstChange } = this.#remembered;
    for (;;) {
      const next = changes[this.#nextChange - firstChange];
      if (!next || next.step >= step) break;
      await this.#run(next.step);
      if (this.#signal.aborted) return;
      if ('mode' in next.change) this.trainer.setMode(next.change.mode);
      else this.trainer.set(next.change.path, next.change.value);
      this.#nextChange++;
    }
    await this.#run(step);
  }

  /** A state to begin from again. */
  async anchor(): Promise<Anchor> {
    const { step, mode } = this.trainer;
    return { step, mode, changes: this.#nextChange, checkpoint: await this.trainer.checkpoint() };
  }

  dispose(): void {
    this.trainer.dispose();
  }

  async #run(to: number): Promise<void> {
    const left = to - this.step;
    if (left > 0) await this.trainer.run(left, this.#signal);
  }
}

/**
 * Whether a run can be run again from a state of it. Not where a dream begins: the first input of a dream is the last
 * prediction, and that was made with weights which the last step still changed.
 */
export const canRunFrom = ({ step, mode }: Anchor, { changes }: Pick<Remembered, 'changes'>): boolean =>
  !changes.some(at => at.step === step && 'mode' in at.change && (at.change.mode.freeRun || mode.freeRun));
