import { floorsOf } from '../../engine/data/floors.ts';
import { DeviceLostError } from '../../engine/errors.ts';
import { divergenceLimit } from '../../engine/measure/divergence.ts';
import type { Mode } from '../../engine/network.ts';
import type { Playback } from './playback.ts';
import type { Post } from './progress.ts';
import type { Command } from './protocol.ts';
import { refusal } from './refusal.ts';

/** A slider sends many settings a second; floors are estimated when it rests. */
const floorsMilliseconds = 150;

/** Changes what may change of the run that stands: live settings, mode and milestones. */
export class LiveSettings {
  readonly #post: Post;
  readonly #playback: Playback;
  #floorsTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(post: Post, playback: Playback) {
    this.#post = post;
    this.#playback = playback;
  }

  dispose(): void {
    clearTimeout(this.#floorsTimer);
  }

  setMode(mode: Partial<Mode>): void {
    const { run } = this.#playback;
    run?.trainer.setMode(mode);
    run?.recollection.changed({ mode });
    run?.watch.setMode(run.trainer.mode);
    this.#reportChange();
  }

  set({ path, value }: Command & { kind: 'set' }): void {
    const { run } = this.#playback;
    if (!run) return;
    try {
      run.trainer.set(path, value);
      run.recollection.changed({ path, value });
      if (path.startsWith('signal.')) {
        // Nothing is too large until the new signal's floors are known.
        run.watch.setLimit(Number.POSITIVE_INFINITY);
        this.#estimateFloors();
      }
    } catch (error) {
      // A lost GPU is no reason to refuse: where the run goes on, the setting goes with it.
      if (!(error instanceof DeviceLostError)) this.#post(refusal('setting', error));
    } finally {
      this.#reportChange();
    }
  }

  async setMilestones(steps: readonly number[]): Promise<void> {
    const { play } = this.#playback;
    // Training halts at milestones: at the new ones from now on.
    await this.#playback.halted();
    this.#playback.run?.progress.setMilestones(steps);
    this.#playback.goOn(play);
  }

  #reportChange(): void {
    const { run } = this.#playback;
    if (!run) return;
    const { settings, mode } = run.trainer;
    this.#post({ kind: 'changed', settings, mode });
  }

  #estimateFloors(): void {
    clearTimeout(this.#floorsTimer);
    this.#floorsTimer = setTimeout(() => {
      const { run } = this.#playback;
      if (!run) return;
      const { data, settings } = run.trainer;
      const { signal, network } = settings;
      const floors = floorsOf(signal, network.inputs, data);
      run.watch.setLimit(divergenceLimit(signal, floors));
      this.#post({ kind: 'floors', floors });
    }, floorsMilliseconds);
  }
}
