import type { Checkpoint } from '../../engine/file/checkpoint.ts';
import type { NetworkConfig } from '../../engine/model/config.ts';
import type { StepRecords } from '../../engine/network.ts';
import { Trainer } from '../../engine/trainer.ts';
import { statesKept } from '../time/reach.ts';
import type { KeptMoment } from './kept-moment.ts';
import type { Gradients } from './milestone-gradients.ts';
import { detailed, Observation } from './observation.ts';
import type { Frame } from './protocol.ts';
import type { Remembered } from './recollection.ts';
import { Tail } from './tail.ts';

export interface Moment extends Omit<KeptMoment, 'checkpoint'> {
  /** In memory, or as a weights file; null where there is no memory for it: then weights cannot be looked at. */
  readonly checkpoint: Checkpoint | Uint8Array<ArrayBuffer> | null;
}

/** Steps before a milestone that can be run again, at least. */
const stepsBefore = 200;
/** Milestones of which they can, the last ones; fewer where states are large. */
const mostLeads = 3;

/** What the network was like at the milestones that it has passed. */
export class MilestoneMoments {
  readonly #kept: Map<number, Moment>;
  /** What the steps before a milestone can be run again from; it is not kept with the run. */
  readonly #leads = new Map<number, Remembered>();
  readonly #tail: Tail;

  /** @param before those of a run that is gone on with */
  constructor(network: NetworkConfig, before: readonly KeptMoment[]) {
    this.#tail = new Tail(network);
    this.#kept = new Map(before.map(moment => [moment.step, moment]));
  }

  /** All that are known now. */
  get all(): readonly Moment[] {
    return [...this.#kept.values()];
  }

  observe(records: StepRecords): void {
    this.#tail.add(records);
  }

  /** The run goes on from an earlier step. */
  rewind(step: number): void {
    this.#tail.clear();
    for (const moments of [this.#kept, this.#leads])
      for (const at of moments.keys()) if (at > step) moments.delete(at);
  }

  /**
   * Keeps the present step of a trainer that rests.
   * @param remembered what its last steps can be run again from
   * @param before its state before its last step, for what a GPU has not kept of that
   */
  async keep(
    trainer: Trainer,
    remembered: Remembered | null = null,
    before: Promise<Checkpoint> | null = null,
  ): Promise<void> {
    // As many as there can be milestones; fewer where states are large.
    const room = Math.max(0, statesKept(trainer.settings.network) - 2);
    const states = this.all.filter(moment => moment.checkpoint).length;
    const [{ step, tensors }, checkpoint, gradients] = await Promise.all([
      new Observation(trainer).frame(null, false),
      states < room ? trainer.checkpoint() : null,
      gradientsAt(trainer, before),
    ]);
    this.#kept.set(step, { step, tensors, steps: this.#tail.copy(), checkpoint, gradients });
    if (!remembered || !checkpoint) return;
    this.#leads.set(step, leadOf(remembered));
    const most = Math.min(mostLeads, room - 1);
    for (const at of this.#leads.keys()) if (this.#leads.size > most) this.#leads.delete(at);
  }

  /** What the steps before a milestone can be run again from; null where that is not known, as after a reload. */
  lead(step: number): Remembered | null {
    return this.#leads.get(step) ?? null;
  }

  has(step: number): boolean {
    return this.#kept.has(step);
  }

  /** How the gradients of the last step before a milestone are spread; null where they were not kept. */
  gradients(step: number): Gradients | null {
    return this.#kept.get(step)?.gradients ?? null;
  }

  async frame(step: number, pinned: number | null): Promise<Frame | null> {
    const moment = this.#kept.get(step);
    if (!moment) return null;
    const tensors = new Map(Array.from(moment.tensors, ([name, values]) => [name, values.slice()]));
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
    const onCpu = { engine: 'cpu' } as const;
    const trainer =
      checkpoint instanceof Uint8Array
        ? await Trainer.restore(checkpoint, onCpu)
        : await Trainer.resume(checkpoint, onCpu);
    try {
      return await look(trainer);
    } finally {
      trainer.dispose();
    }
  }
}

/** @param before the state before the trainer's last step; without it, they are its own, which no GPU hands out cheaply */
async function gradientsAt(trainer: Trainer, before: Promise<Checkpoint> | null): Promise<Gradients | null> {
  const { choice, mode, settings } = trainer;
  if (!hasGradients(settings.network) || (!before && choice.engine === 'gpu')) return null;
  try {
    const { gradientsAfter, gradientsOf } = await import('./milestone-gradients.ts');
    return before ? await gradientsAfter(await before, mode) : await gradientsOf(trainer);
  } catch {
    // A milestone can do without, where there is no memory, or a page that has gone offline has not loaded this.
    return null;
  }
}

/** Whether gradients are kept with milestones: not of networks so large that taking them would hold the run up. */
export const hasGradients = (network: NetworkConfig): boolean => statesKept(network) > 0;

/** The same with no state but the one that the last steps are run again from soonest. */
function leadOf(remembered: Remembered): Remembered {
  const { anchors, end } = remembered;
  const anchor = anchors.findLast(({ step }) => step <= end - stepsBefore) ?? anchors[0]!;
  return { ...remembered, anchors: [anchor] };
}
