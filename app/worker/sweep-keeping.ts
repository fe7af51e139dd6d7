import { savedBytes } from '../../engine/model/room.ts';
import type { PopulationCheckpoint, PopulationTrainer } from '../../engine/population/population-trainer.ts';

/** With the time that copying takes, no more than two seconds of training are lost. */
const keepMilliseconds = 1500;
/** Copying holds training up for at most a twentieth of all time. */
const timesOfCopying = 20;
/** Larger ones, of which there are two while one takes the place of the other, may leave a page without memory. */
const mostBytes = 2 ** 30;

/** When to copy networks again, in milliseconds after it was begun. @param held milliseconds that training was held up */
export const pauseAfterCopying = (held: number): number => Math.max(keepMilliseconds, timesOfCopying * held);

/** Whether the states of all networks are too much to be kept. */
export const areTooLarge = ({
  settings,
  members,
}: Pick<PopulationTrainer, 'settings' | 'members'>): boolean =>
  members.length * savedBytes(settings.network) > mostBytes;

/**
 * Keeps the last state of networks on a GPU in memory, for when that is lost: one of at most the last two seconds, unless
 * copying it holds training up for more than 75 ms: then it is copied less often, so that this takes 5% of the time at most.
 * How long that is, is counted from when the steps before it are through, so the steps that a GPU does meanwhile count as
 * held up. 64 networks of the default preset are 540 MB. Networks of more than 1 GiB are not kept.
 */
export class SweepKeeping {
  readonly #trainer: PopulationTrainer;
  readonly #keeps: boolean;
  #last: PopulationCheckpoint | null;
  #nextAt = performance.now() + keepMilliseconds;
  #underWay: Promise<void> | null = null;
  /** The step whose state is under way, and since when nothing but that is waited for. */
  #step = 0;
  #heldFrom = 0;

  /** @param last where the networks begin, if not at step 0 */
  constructor(trainer: PopulationTrainer, last: PopulationCheckpoint | null) {
    this.#trainer = trainer;
    this.#keeps = trainer.choice.engine === 'gpu' && !areTooLarge(trainer);
    this.#last = this.#keeps ? last : null;
    if (!this.#keeps) return;
    trainer.subscribe(() => {
      if (trainer.step <= this.#step) this.#heldFrom = performance.now();
      if (!this.#underWay && performance.now() >= this.#nextAt) void this.keep();
    });
  }

  /** The state to go on from; null for step 0. */
  get last(): PopulationCheckpoint | null {
    return this.#last;
  }

  /** Keeps the networks as they are after all steps begun so far. @returns when that was done, or has failed */
  async keep(): Promise<void> {
    await this.#underWay;
    if (!this.#keeps || this.#last?.step === this.#trainer.begun) return;
    this.#underWay = this.#copy();
    await this.#underWay;
    this.#underWay = null;
  }

  async #copy(): Promise<void> {
    const begun = performance.now();
    this.#step = this.#trainer.begun;
    this.#heldFrom = begun;
    try {
      this.#last = await this.#trainer.checkpointAll();
      this.#nextAt = begun + pauseAfterCopying(performance.now() - this.#heldFrom);
    } catch {
      // A lost device, which the session hears of by itself; or there is no room for another, and the last one stays.
      this.#nextAt = Number.POSITIVE_INFINITY;
    }
  }
}
