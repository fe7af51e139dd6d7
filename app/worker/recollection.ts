import type { Checkpoint } from '../../engine/file/checkpoint.ts';
import type { SettingValue } from '../../engine/model/settings.ts';
import type { Mode, StepRecords } from '../../engine/network.ts';
import { Trainer } from '../../engine/trainer.ts';
import { statesKept, stepsBack } from '../time/reach.ts';
import type { Frame } from './protocol.ts';
import type { Reenactment } from './reenactment.ts';

/** Copying out all of a network takes at most this share of the time. */
const copyingShare = 1 / 100;
/** States closer together would make a replay shorter by less than anyone notices. */
const leastSteps = 500;

/** A setting that changed, or the mode. */
export type Change = { path: string; value: SettingValue } | { mode: Partial<Mode> };

/** A change of the run: what the steps after `step` were run with. */
export interface ChangeAt {
  step: number;
  change: Change;
}

/** A state from which the run can be run again. */
export interface Anchor {
  step: number;
  checkpoint: Checkpoint;
  mode: Readonly<Mode>;
  /** Changes made before it was taken, counted from the run's start. */
  changes: number;
}

/** What a replay starts from, and what it follows. */
export interface Remembered {
  /** Oldest first, at least one. */
  anchors: readonly Anchor[];
  /** In the order in which they were made; the first is number `firstChange`. */
  changes: readonly ChangeAt[];
  firstChange: number;
  /** Where the run stands. */
  end: number;
  /** The run's own last steps, for the replay to be held against; null before the first. */
  last: StepRecords | null;
  resume: (checkpoint: Checkpoint) => Promise<Trainer>;
}

/**
 * Remembers the last 1,000 steps of a run: not what every step was like, but a few states, from which the steps can
 * be run again just as they were. That is exact because a run is the same to the last bit however often it is resumed.
 */
export class Recollection {
  readonly #trainer: Trainer;
  readonly #gpu: GPU | undefined;
  readonly #enabled: boolean;
  #anchors: Anchor[] = [];
  #changes: ChangeAt[] = [];
  #firstChange = 0;
  #last: StepRecords | null = null;
  #copying = false;
  #copyMilliseconds = 0;
  #copied = Number.NEGATIVE_INFINITY;
  #reenactment: Promise<Reenactment | null> | null = null;
  #interruption = new AbortController();

  constructor(trainer: Trainer, gpu: GPU | undefined) {
    this.#trainer = trainer;
    this.#gpu = gpu;
    this.#enabled = statesKept(trainer.settings.network) > 0;
    if (!this.#enabled) return;
    this.#takeAnchor();
    trainer.subscribe(records => this.#observe(records));
  }

  /** To be told of every change, right after it was made. */
  changed(change: Change): void {
    if (this.#enabled) this.#changes.push({ step: this.#trainer.begun, change });
  }

  /** The run is about to go on, or to go: what was run again is let go of. */
  interrupt(): void {
    this.#interruption.abort();
    this.#interruption = new AbortController();
    this.#reenactment = null;
  }

  /** Runs the last steps again, while the run rests; null where there is nothing to do so from. */
  recall(): Promise<Reenactment | null> {
    const { remembered } = this;
    this.#reenactment ??= remembered ? this.rerun(remembered) : Promise.resolve(null);
    return this.#reenactment;
  }

  /**
   * What the network was like after `step` steps.
   * @param told hears it as soon as it is known, and again with `pinned` looked at closely; or null
   */
  async frame(step: number, pinned: number | null, told: (frame: Frame | null) => void): Promise<void> {
    const reenactment = await this.recall();
    if (reenactment) await reenactment.frame(step, pinned, told);
    else told(null);
  }

  /** What the last steps can be run again from, now or once the run has gone on; null where there is nothing. */
  get remembered(): Remembered | null {
    if (this.#anchors.length === 0) return null;
    const { engine } = this.#trainer.choice;
    return {
      anchors: [...this.#anchors],
      changes: [...this.#changes],
      firstChange: this.#firstChange,
      end: this.#trainer.step,
      last: this.#last,
      resume: checkpoint => Trainer.resume(checkpoint, { engine, gpu: this.#gpu }),
    };
  }

  /** Runs steps again while the run rests. */
  async rerun(remembered: Remembered): Promise<Reenactment> {
    const { signal } = this.#interruption;
    const { Reenactment } = await import('./reenactment.ts');
    return new Reenactment(remembered, signal);
  }

  #observe(records: StepRecords): void {
    this.#last = records;
    const newest = this.#anchors.at(-1);
    if (this.#copying || (newest && this.#trainer.begun - newest.step < leastSteps)) return;
    if (performance.now() - this.#copied > this.#copyMilliseconds / copyingShare) this.#takeAnchor();
  }

  #takeAnchor(): void {
    this.#copying = true;
    const asked = performance.now();
    const { begun: step, mode } = this.#trainer;
    const changes = this.#firstChange + this.#changes.length;
    // A failure is the loss of the device, or the run has gone: others tell of it.
    this.#trainer.checkpoint().then(
      checkpoint => {
        this.#anchors.push({ step, checkpoint, mode, changes });
        this.#forget();
        this.#copied = performance.now();
        this.#copyMilliseconds = this.#copied - asked;
        this.#copying = false;
      },
      () => {},
    );
  }

  /** Drops what lies before the steps that can be gone back. */
  #forget(): void {
    const oldest = this.#trainer.step - stepsBack;
    while (this.#anchors.length > 1 && this.#anchors[1]!.step <= oldest) this.#anchors.shift();
    // Those of the oldest state's own step stay: whether it can be run on from depends on them.
    const from = this.#anchors[0]!.step;
    const gone = this.#changes.findIndex(({ step }) => step >= from);
    const dropped = this.#changes.splice(0, gone < 0 ? this.#changes.length : gone);
    this.#firstChange += dropped.length;
  }
}
