import type { DriverRequest, EngineRequest } from '../../engine/engine-choice.ts';
import { type Built, build, type Start } from './build.ts';
import type { StartRun } from './last-good.ts';
import type { Playback } from './playback.ts';
import type { Post } from './progress.ts';

/**
 * Bytes that a network's numbers may take. They are there several times over: in the engine, in the checkpoints to go back to,
 * and in the run before while a new one is made; a browser ends a page that takes more memory than there is.
 */
const room = 2 ** 30;

/** Makes the trainers of runs, on this page's GPU and within its memory. */
export class Making {
  readonly #post: Post;
  readonly #gpu: GPU | undefined;
  readonly #playback: Playback;
  #driver: DriverRequest = 'auto';

  constructor(post: Post, gpu: GPU | undefined, playback: Playback) {
    this.#post = post;
    this.#gpu = gpu;
    this.#playback = playback;
  }

  /** How a GPU is to take the steps of runs made from now on. */
  setDriver(driver: DriverRequest): void {
    this.#driver = driver;
  }

  starting(start: StartRun): Start {
    const [gpu, driver] = [this.#gpu, this.#driver];
    return engine =>
      start({ engine, driver, gpu, room, onStage: stage => this.#post({ kind: 'stage', stage }) });
  }

  /** @throws what `build` throws */
  async build(start: StartRun, engine: EngineRequest): Promise<Built> {
    const attempt = () => build(this.starting(start), engine);
    const built = await attempt();
    if (this.#playback.run?.choice.engine !== 'gpu' || built.choice.problem?.name !== 'OutOfMemoryError')
      return built;
    // The network that is to go holds the memory that the new one lacks.
    this.#playback.clear();
    const second = await attempt().catch(() => null);
    if (!second) return built;
    built.trainer.dispose();
    return second;
  }
}
