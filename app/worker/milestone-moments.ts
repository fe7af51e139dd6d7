import type { Checkpoint } from '../../engine/file/checkpoint.ts';
import { Trainer } from '../../engine/trainer.ts';
import { statesKept } from '../time/reach.ts';
import { detailed, Observation } from './observation.ts';
import type { Frame } from './protocol.ts';

interface Moment {
  frame: Frame;
  /** Null where there is no memory for it: then no column can be looked at closely. */
  checkpoint: Checkpoint | null;
}

/** What the network was like at the milestones that it has passed. */
export class MilestoneMoments {
  readonly #kept = new Map<number, Moment>();

  /** Keeps the present step of a trainer that rests. */
  async keep(trainer: Trainer): Promise<void> {
    // As many as there can be milestones; fewer where states are large.
    const room = Math.max(0, statesKept(trainer.settings.network) - 2);
    const states = [...this.#kept.values()].filter(moment => moment.checkpoint).length;
    const [frame, checkpoint] = await Promise.all([
      new Observation(trainer).frame(null, false),
      states < room ? trainer.checkpoint() : null,
    ]);
    this.#kept.set(frame.step, { frame, checkpoint });
  }

  has(step: number): boolean {
    return this.#kept.has(step);
  }

  async frame(step: number, pinned: number | null): Promise<Frame | null> {
    const moment = this.#kept.get(step);
    if (!moment) return null;
    const tensors = new Map(Array.from(moment.frame.tensors, ([name, values]) => [name, values.slice()]));
    if (pinned === null || !moment.checkpoint) return { step, tensors, column: null };
    const column = await this.lookInto(
      step,
      async trainer => (await new Observation(trainer).frame(pinned, false)).column,
    );
    return detailed({ step, tensors }, column);
  }

  /** Looks into the network as it was at a milestone. @returns null where its state was not kept */
  async lookInto<T>(step: number, look: (trainer: Trainer) => Promise<T>): Promise<T | null> {
    const checkpoint = this.#kept.get(step)?.checkpoint;
    if (!checkpoint) return null;
    const trainer = await Trainer.resume(checkpoint, { engine: 'cpu' });
    try {
      return await look(trainer);
    } finally {
      trainer.dispose();
    }
  }
}
