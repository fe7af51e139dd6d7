import type { Checkpoint } from '../../engine/file/checkpoint.ts';
import { divergenceWindow } from '../../engine/measure/divergence.ts';
import { Trainer, type TrainerOptions } from '../../engine/trainer.ts';

/** Makes a run as it was at some step. */
export type StartRun = (options: TrainerOptions) => Promise<Trainer>;

/**
 * The last state of a run that is known to be good: one that learned on well for a whole window. Trouble shows in the
 * loss only some steps after it began, so a state has to wait until then.
 */
export class LastGood {
  #start: StartRun;
  #step: number;
  #waiting: Checkpoint | null = null;

  constructor(start: StartRun, step: number) {
    this.#start = start;
    this.#step = step;
  }

  get step(): number {
    return this.#step;
  }

  /** Whether a later state waits to be found good: another would be of no use. */
  get waiting(): boolean {
    return this.#waiting !== null;
  }

  readonly start: StartRun = options => this.#start(options);

  offer(checkpoint: Checkpoint): void {
    this.#waiting ??= checkpoint;
  }

  /** The run stands at `step`, and has kept calm for a window of steps. */
  confirm(step: number): void {
    const checkpoint = this.#waiting;
    if (!checkpoint || step - checkpoint.state.clock.step < divergenceWindow) return;
    this.#start = options => Trainer.resume(checkpoint, options);
    this.#step = checkpoint.state.clock.step;
    this.#waiting = null;
  }

  /** What waits came after the trouble. */
  withdraw(): void {
    this.#waiting = null;
  }
}
