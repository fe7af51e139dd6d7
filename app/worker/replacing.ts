import { originOf } from '../../engine/data/data-origin.ts';
import { floorsOf } from '../../engine/data/floors.ts';
import type { EngineRequest } from '../../engine/engine-choice.ts';
import { DivergenceWatch, divergenceLimit } from '../../engine/measure/divergence.ts';
import { Trainer, type TrainerOptions } from '../../engine/trainer.ts';
import type { Keeping, TakenUp } from './keeping.ts';
import { LastGood, type StartRun } from './last-good.ts';
import type { Making } from './making.ts';
import { MilestoneMoments } from './milestone-moments.ts';
import type { Playback } from './playback.ts';
import { type Post, Progress } from './progress.ts';
import type { Command } from './protocol.ts';
import { refusal } from './refusal.ts';

/** Puts new runs in the place of the one that stands: from settings, a weights file, or what the browser has kept. */
export class Replacing {
  readonly #post: Post;
  readonly #playback: Playback;
  readonly #making: Making;
  readonly #keeping: Keeping | null;
  #seen = true;

  constructor(post: Post, playback: Playback, making: Making, keeping: Keeping | null) {
    this.#post = post;
    this.#playback = playback;
    this.#making = making;
    this.#keeping = keeping;
  }

  /** Whether anybody sees the page, for this run and those to come. */
  setSeen(seen: boolean): void {
    this.#seen = seen;
    this.#playback.run?.progress.setSeen(seen);
  }

  async open(command: Command & { kind: 'open' }): Promise<void> {
    const { settings, engine, milestones, data = this.#playback.run?.trainer.data } = command;
    const start = (options: TrainerOptions) => Trainer.create(settings, { ...options, data });
    await this.#replace(start, engine, milestones, null).catch(error => this.#post(refusal('run', error)));
  }

  async restore({ file, fileName, engine, milestones }: Command & { kind: 'restore' }): Promise<void> {
    try {
      const { readWeights } = await import('./weights-file.ts');
      const bytes = await readWeights(file, fileName);
      const start = (options: TrainerOptions) => Trainer.restore(bytes, options);
      await this.#replace(start, engine, milestones, fileName);
    } catch (error) {
      this.#post(refusal('file', error));
    }
  }

  async resume({ id, engine, milestones }: Command & { kind: 'resume' }): Promise<void> {
    if (!this.#keeping || id === this.#keeping.id) return;
    let takenUp: TakenUp | undefined;
    try {
      takenUp = await this.#keeping.takeUp(id);
      const { record, checkpoint } = takenUp;
      const start = async (options: TrainerOptions) => {
        const trainer = await Trainer.restore(checkpoint, options);
        trainer.setMode(record.mode);
        return trainer;
      };
      await this.#replace(start, engine, milestones, record.name, takenUp);
    } catch (error) {
      takenUp?.release();
      this.#post(refusal('stored run', error));
    }
  }

  /** The run that stands goes on if there is no making the new one. */
  async #replace(
    start: StartRun,
    engine: EngineRequest,
    milestones: readonly number[],
    restoredFrom: string | null,
    takenUp: TakenUp | null = null,
  ): Promise<void> {
    const playback = this.#playback;
    const { play } = playback;
    await playback.halted();
    try {
      await this.#keeping?.rest();
      const built = await this.#making.build(start, engine);
      const { settings, step, mode } = built.trainer;
      const floors = floorsOf(settings.signal, settings.network.inputs, built.trainer.data);
      playback.clear();
      const progress = new Progress(settings, milestones, step, this.#post, takenUp?.record);
      progress.setSeen(this.#seen);
      const before = takenUp?.moments.filter(moment => moment.step <= step) ?? [];
      const moments = new MilestoneMoments(settings.network, before);
      const watch = new DivergenceWatch(divergenceLimit(settings.signal, floors), mode);
      playback.adopt(built, {
        progress,
        watch,
        lastGood: new LastGood(start, step),
        moments,
        again: start,
      });
      const data = originOf(built.trainer.data);
      this.#post({ kind: 'opened', settings, data, choice: built.choice, step, floors, mode, restoredFrom });
      progress.tellBefore();
      for (const { step, steps } of before) this.#post({ kind: 'milestoneReached', step, steps });
      this.#keeping?.begin(takenUp);
    } finally {
      playback.goOn(play);
    }
  }
}
