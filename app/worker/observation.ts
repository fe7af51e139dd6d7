import type { NetworkConfig } from '../../engine/model/config.ts';
import { activityTensors, stateTensors } from '../../engine/model/tensors.ts';
import type { Trainer } from '../../engine/trainer.ts';
import type { Frame } from './protocol.ts';
import type { WeightDetail } from './weight-detail.ts';

/** The memory's weights are millions: a column's are fetched no more often than this while training goes on. */
const weightMilliseconds = 1000;

type SlowDetail = WeightDetail & { step: number; taken: number };

/** The tensors of a frame; what only longer unrolling needs is not among them. */
export const frameTensors = (network: NetworkConfig): string[] =>
  [...activityTensors(network), ...stateTensors(network)]
    .map(t => t.name)
    .filter(name => !name.startsWith('history.'));

/** Looks into a network between its steps. */
export class Observation {
  readonly #trainer: Trainer;
  readonly #names: string[];
  #slow: SlowDetail | null = null;

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
    this.#names = frameTensors(trainer.settings.network);
  }

  /**
   * Everything that a frame shows, of one step, with details of `pinned` if the network has such a column.
   * @param training whether steps follow: weights then may be a second old
   * @throws what `Trainer.read` throws
   */
  async frame(pinned: number | null, training: boolean): Promise<Frame> {
    const { columns } = this.#trainer.settings.network;
    const column = pinned !== null && pinned < columns ? pinned : null;
    const [{ tensors, step }, slow] = await Promise.all([
      this.#trainer.read(this.#names),
      column === null ? null : this.#slowDetail(column, training),
    ]);
    return detailed({ step, tensors }, slow);
  }

  async #slowDetail(column: number, training: boolean): Promise<SlowDetail> {
    const last = this.#slow;
    const now = performance.now();
    if (last?.column === column) {
      if (last.step === this.#trainer.step) return last;
      if (training && now - last.taken < weightMilliseconds) return last;
    }
    // Few look at a column so closely.
    const { weightDetail } = await import('./weight-detail.ts');
    const detail = { ...(await weightDetail(this.#trainer, column)), taken: now };
    this.#slow = detail;
    return detail;
  }
}

/** A frame with a column's details; what changes with every step is its own. */
export function detailed({ step, tensors }: Omit<Frame, 'column'>, known: WeightDetail | null): Frame {
  if (!known) return { step, tensors, column: null };
  const { column, tuning, distal } = known;
  const [duty, mean, variance] = ['duty', 'mean', 'variance'].map(
    statistic => tensors.get(`pooler.${statistic}`)![column]!,
  ) as [number, number, number];
  return { step, tensors, column: { column, tuning, distal, duty, mean, variance } };
}

/** The memory behind a frame's tensors, to be handed to another thread rather than copied; they may share it. */
export const frameBuffers = (frame: Frame): ArrayBuffer[] => [
  ...new Set([...frame.tensors.values()].map(array => array.buffer as ArrayBuffer)),
];
