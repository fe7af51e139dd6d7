import type { EngineChoice, EngineRequest } from '../../engine/engine-choice.ts';
import { ConfigError, DeepHtmError, FileError, OutOfMemoryError } from '../../engine/errors.ts';
import type { Trainer } from '../../engine/trainer.ts';

/** What trains, one network or many. */
export interface Training {
  readonly choice: EngineChoice;
  dispose(): void;
}

export interface Built<T extends Training = Trainer> {
  trainer: T;
  /** As the trainer's, but with the problem where a GPU was asked for and could not be had. */
  choice: EngineChoice;
}

/** Makes a trainer on the engine it is told. */
export type Start<T extends Training = Trainer> = (engine: EngineRequest) => Promise<T>;

/**
 * A trainer on the engine that was asked for; where that is a GPU which cannot be had, on the CPU.
 * @throws ConfigError, FileError, OutOfMemoryError
 */
export async function build(start: Start, engine: EngineRequest): Promise<Built> {
  try {
    const trainer = await start(engine);
    return { trainer, choice: trainer.choice };
  } catch (error) {
    if (engine !== 'gpu' || !isGpuProblem(error)) throw named(error);
    const trainer = await start('cpu').catch(cause => Promise.reject(named(cause)));
    return { trainer, choice: forced(trainer, error) };
  }
}

/** Why a trainer runs on the CPU although it was meant for the GPU. */
export const forced = (trainer: Training, { name, message }: Error): EngineChoice => ({
  ...trainer.choice,
  reason: 'unavailable',
  problem: { name, message },
});

const isGpuProblem = (error: unknown): error is DeepHtmError =>
  error instanceof DeepHtmError && !(error instanceof ConfigError) && !(error instanceof FileError);

/** An array that cannot be allocated is a RangeError, whose message says nothing of what to do. */
const named = (error: unknown): unknown =>
  error instanceof RangeError
    ? new OutOfMemoryError('This network does not fit into memory. Use fewer columns, cells or units.')
    : error;
