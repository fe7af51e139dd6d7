import type { EngineChoice, EngineRequest } from '../../engine/engine-choice.ts';
import { NoAdapterError } from '../../engine/errors.ts';
import { differingPaths, isLive, settingAt } from '../../engine/model/settings.ts';
import type { Trainer } from '../../engine/trainer.ts';
import { type Built, forced, type Start, type Training } from './build.ts';

/** Milliseconds to wait before each time that a lost GPU is asked for again: a driver takes a moment to start anew. */
const waits = [500, 2000];
/** A GPU that is lost twice within so many milliseconds is left alone until somebody asks for it. */
const tooSoon = 15_000;

/** Gives a trainer that takes up an earlier state of a run what was changed since: live settings and mode. */
export function carryOver(from: Pick<Trainer, 'settings' | 'mode'>, to: Trainer): void {
  for (const path of differingPaths(to.settings, from.settings))
    if (isLive(path)) to.set(path, settingAt(from.settings, path));
  to.setMode(from.mode);
}

/** Finds runs a new place whose GPU is lost: the GPU once more, or the CPU. */
export class Rescue {
  #lostAt = Number.NEGATIVE_INFINITY;

  /**
   * Makes the run again that `choice` had on a GPU until `loss`. What `choice` names as its reason is what was asked for.
   * @throws what `start` throws on the CPU
   */
  async rebuild<T extends Training>(start: Start<T>, choice: EngineChoice, loss: Error): Promise<Built<T>> {
    const now = performance.now();
    const again = now - this.#lostAt < tooSoon;
    this.#lostAt = now;
    for (const wait of again ? [] : waits) {
      await new Promise(resolve => setTimeout(resolve, wait));
      try {
        const trainer = await startOnGpu(start, choice.reason === 'asked' ? 'gpu' : 'auto');
        return { trainer, choice: trainer.choice };
      } catch (error) {
        if ((error as Error).name !== NoAdapterError.name) break;
      }
    }
    const trainer = await start('cpu');
    return { trainer, choice: forced(trainer, loss) };
  }
}

/** @throws Error, of the name that says what keeps the GPU from running, also where `auto` would go on without it */
export async function startOnGpu<T extends Training>(start: Start<T>, engine: EngineRequest): Promise<T> {
  const trainer = await start(engine);
  if (trainer.choice.engine === 'gpu') return trainer;
  trainer.dispose();
  const { name = 'NoAdapterError', message = 'There is no GPU.' } = trainer.choice.problem ?? {};
  throw Object.assign(new Error(message), { name });
}
