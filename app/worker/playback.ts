import { DeviceLostError } from '../../engine/errors.ts';
import type { Built } from './build.ts';
import type { Keeping } from './keeping.ts';
import { type Kept, LiveRun } from './live-run.ts';
import { frameBuffers } from './observation.ts';
import type { Post } from './progress.ts';
import { refusal } from './refusal.ts';

/** How the run is to train on. */
export interface Play {
  until: number | null;
  speed: number | null;
}

/** The run that stands, and its training: begun, halted, gone on with, and told of when it rests. */
export class Playback {
  readonly #post: Post;
  readonly #gpu: GPU | undefined;
  readonly #keeping: Keeping | null;
  readonly #onLost: (run: LiveRun, error: Error) => void;
  #run: LiveRun | null = null;
  #play: Play | null = null;
  #halt = new AbortController();
  /** Resolves when the training under way has ended. */
  #training: Promise<void> = Promise.resolve();

  /** @param onLost told when a run's GPU goes away */
  constructor(
    post: Post,
    gpu: GPU | undefined,
    keeping: Keeping | null,
    onLost: (run: LiveRun, error: Error) => void,
  ) {
    this.#post = post;
    this.#gpu = gpu;
    this.#keeping = keeping;
    this.#onLost = onLost;
  }

  get run(): LiveRun | null {
    return this.#run;
  }

  /** How the run trains; null while it rests. */
  get play(): Play | null {
    return this.#play;
  }

  /** Lets go of the engine of the run that stands, for another to take its place. */
  clear(): void {
    this.#run?.trainer.dispose();
    this.#run = null;
  }

  /** Lets go of the engine, once training is halted. */
  dispose(): void {
    this.clear();
    this.#play = null;
  }

  /** Puts a run in the place of the one that stands, whose engine is no longer needed. */
  adopt(built: Built, kept: Kept): void {
    const run = new LiveRun(built, kept, () => this.#halt.abort('diverged'), this.#gpu);
    this.#keeping?.follow(run);
    void run.trainer.lost.then(error => this.#onLost(run, error));
    this.#run = run;
  }

  async start(play: Play): Promise<void> {
    await this.halted();
    this.goOn(play);
  }

  async pause(): Promise<void> {
    await this.halted();
    await this.#rest();
  }

  async step(count: number): Promise<void> {
    const run = this.#run;
    if (!run) return;
    const played = this.#play !== null;
    await this.halted();
    this.#halt = new AbortController();
    run.forgive();
    await run.train(count, null, this.#halt.signal);
    if (played) await this.#rest();
    else await this.#settle(run);
  }

  async closeUp(pinned: number | null): Promise<void> {
    const run = this.#run;
    if (!run) return;
    await this.halted();
    run.forgive();
    const { takeCloseUp } = await import('./close-up.ts');
    const closeUp = await takeCloseUp(run, pinned);
    // First the step as it went, then the run with it.
    this.#post({ kind: 'closeUp', closeUp }, frameBuffers(closeUp.frame));
    await this.#rest();
  }

  /** Stops the training under way, without a word: who calls says what comes next. */
  async halted(): Promise<void> {
    this.#halt.abort('halted');
    this.#run?.recollection.interrupt();
    await this.#training;
  }

  /** Trains on as `play` says, if it says so. */
  goOn(play: Play | null): void {
    const run = this.#run;
    this.#play = run && play;
    if (!run || !play) return;
    if (play.until !== null && play.until <= run.trainer.step) {
      this.#training = this.#rest();
      return;
    }
    this.#halt = new AbortController();
    run.forgive();
    run.progress.begin();
    this.#post({ kind: 'playing', playing: true, until: play.until });
    this.#training = this.#trainOn(run, play, this.#halt.signal);
  }

  async #trainOn(run: LiveRun, { until, speed }: Play, signal: AbortSignal): Promise<void> {
    const { trainer } = run;
    try {
      await run.train((until ?? Number.POSITIVE_INFINITY) - trainer.step, speed, signal);
    } catch (error) {
      // The run goes on elsewhere as if it had not stopped; `lost` may have told of it long ago.
      if (error instanceof DeviceLostError) return this.#onLost(run, error);
      this.#post(refusal('run', error));
    }
    if (signal.reason !== 'halted') await this.#rest();
  }

  /** Training has ended: everything about it is told. */
  async #rest(): Promise<void> {
    this.#play = null;
    if (!this.#run) return;
    await this.#settle(this.#run).catch(() => {});
    await this.#keeping?.rest();
    this.#post({ kind: 'playing', playing: false, until: null });
  }

  async #settle(run: LiveRun): Promise<void> {
    run.progress.end();
    const { divergedAt: step, watch, lastGood } = run;
    if (step !== null) this.#post({ kind: 'diverged', step, loss: watch.loss, good: lastGood.step });
    await run.takeCheckpoint();
  }
}
