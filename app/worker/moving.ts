import type { EngineRequest } from '../../engine/engine-choice.ts';
import { DeviceLostError } from '../../engine/errors.ts';
import { Trainer } from '../../engine/trainer.ts';
import type { Built } from './build.ts';
import type { StartRun } from './last-good.ts';
import type { LiveRun } from './live-run.ts';
import type { Making } from './making.ts';
import type { Playback } from './playback.ts';
import type { Post } from './progress.ts';
import { refusal } from './refusal.ts';
import { carryOver, Rescue, startOnGpu } from './rescue.ts';

/** Lets a run go on in another network: when its GPU is lost, when it is asked back to one, or back to a good state. */
export class Moving {
  readonly #post: Post;
  readonly #playback: Playback;
  readonly #making: Making;
  readonly #rescuer = new Rescue();

  constructor(post: Post, playback: Playback, making: Making) {
    this.#post = post;
    this.#playback = playback;
    this.#making = making;
  }

  /** The GPU is gone: the run goes on from its last checkpoint, on the GPU if it comes back, else on the CPU. */
  async rescue(run: LiveRun, error: Error): Promise<void> {
    const playback = this.#playback;
    if (run !== playback.run || run.choice.engine === 'cpu') return;
    const { play } = playback;
    await playback.halted();
    this.#post({ kind: 'stage', stage: 'adapter' });
    let built: Built;
    try {
      built = await this.#rescuer.rebuild(this.#making.starting(run.again), run.choice, error);
    } catch (cause) {
      // What wants the run next finds it gone, and tries again.
      await playback.pause();
      throw new DeviceLostError(
        `The run could not be made again: ${(cause as Error).message} Close other tabs or programs and press Play to try once more, or reload the page to go on from what was kept.`,
        'unknown',
      );
    }
    run.progress.rewind(built.trainer.step);
    run.moments.rewind(built.trainer.step);
    run.watch.forget();
    this.#move(run, built, run.again, 'lost');
    playback.goOn(play);
  }

  /** A run that had to leave the GPU goes back to it, just as it is. */
  async returnToGpu(engine: EngineRequest): Promise<void> {
    const playback = this.#playback;
    const { run, play } = playback;
    if (!run || run.choice.engine === 'gpu') return;
    await playback.halted();
    try {
      const checkpoint = await run.trainer.checkpoint();
      const again: StartRun = options => Trainer.resume(checkpoint, options);
      const trainer = await startOnGpu(this.#making.starting(again), engine);
      this.#move(run, { trainer, choice: trainer.choice }, again, 'asked');
    } catch (error) {
      this.#post(refusal('engine', error));
    } finally {
      playback.goOn(play);
    }
  }

  #move(run: LiveRun, built: Built, again: StartRun, why: 'lost' | 'asked'): void {
    carryOver(run.trainer, built.trainer);
    run.trainer.dispose();
    const { progress, watch, lastGood, moments } = run;
    this.#playback.adopt(built, { progress, watch, lastGood, moments, again });
    this.#post({ kind: 'moved', choice: built.choice, step: built.trainer.step, why });
    progress.end();
  }

  /** Back to the last good state, on the engine that the run has; the learning rate that led astray is halved. */
  async goBack(speed: number | null): Promise<void> {
    const playback = this.#playback;
    const { run } = playback;
    if (!run) return;
    await playback.halted();
    let { play } = playback;
    try {
      const built = await this.#making.build(run.lastGood.start, run.choice.engine);
      const { trainer } = built;
      carryOver(run.trainer, trainer);
      trainer.set('learningRate', run.trainer.settings.network.learningRate / 2);
      run.trainer.dispose();
      run.progress.rewind(trainer.step);
      run.moments.rewind(trainer.step);
      run.watch.forget();
      run.lastGood.withdraw();
      const choice = trainer.choice.engine === run.choice.engine ? run.choice : built.choice;
      const { progress, watch, lastGood, moments } = run;
      playback.adopt({ trainer, choice }, { progress, watch, lastGood, moments, again: lastGood.start });
      this.#post({ kind: 'wentBack', settings: trainer.settings, choice, step: trainer.step });
      run.progress.end();
      play = { until: null, speed };
    } finally {
      playback.goOn(play);
    }
  }
}
