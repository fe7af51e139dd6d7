import type { Checkpoint } from '../../engine/file/checkpoint.ts';
import { type Histogram, histogramOf } from '../../engine/measure/histogram.ts';
import { learnedTensors } from '../../engine/model/tensors.ts';
import type { Mode } from '../../engine/network.ts';
import { Trainer } from '../../engine/trainer.ts';

/** How the gradients of a step are spread, by the names of the learned tensors. */
export type Gradients = ReadonlyMap<string, Histogram>;

/** Of the last step of a trainer that rests; tensor by tensor, so that no copy of them all is made. */
export async function gradientsOf(trainer: Trainer): Promise<Gradients> {
  const spreads = new Map<string, Histogram>();
  for (const { name } of learnedTensors(trainer.settings.network)) {
    const gradient = `gradient.${name}`;
    const { tensors } = await trainer.read([gradient]);
    spreads.set(name, histogramOf(tensors.get(gradient)!));
  }
  return spreads;
}

/**
 * Of the step that follows a state, run again on the CPU. Of a step on a GPU that takes less time than to read them
 * there: that would first compile a shader, and the run would wait for it.
 */
export async function gradientsAfter(state: Checkpoint, mode: Readonly<Mode>): Promise<Gradients> {
  const trainer = await Trainer.resume(state, { engine: 'cpu' });
  try {
    trainer.setMode(mode);
    await trainer.run(1);
    return await gradientsOf(trainer);
  } finally {
    trainer.dispose();
  }
}
