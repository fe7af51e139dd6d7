import { strongestDistalWeights } from '../../engine/measure/distal.ts';
import { tuningCurve } from '../../engine/measure/tuning.ts';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { activityTensors, learnedTensors, stateTensors } from '../../engine/model/tensors.ts';
import type { Trainer } from '../../engine/trainer.ts';
import type { ColumnDetail, Frame } from './protocol.ts';

/** Inputs of a tuning curve, and how far beyond the signal's peak they reach. */
const tuningPoints = 97;
const tuningReach = 1.25;
const strongestShown = 8;
/** The memory's weights are millions: a column's are fetched no more often than this while training goes on. */
const weightMilliseconds = 1000;

type Tensors = ReadonlyMap<string, Float32Array>;
/** What of a column takes its weights to know. */
export type WeightDetail = Pick<ColumnDetail, 'column' | 'tuning' | 'distal'>;
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
    const { network, signal } = this.#trainer.settings;
    const learned = learnedTensors(network).filter(t => t.part === 'encoder' || t.part === 'pooler');
    const statistics = ['pooler.mean', 'pooler.variance', 'pooler.duty'];
    const names = ['memory.weight', ...learned.map(t => t.name), ...statistics];
    const { step, tensors } = await this.#trainer.read(names);
    const detail: SlowDetail = {
      column,
      step,
      taken: now,
      tuning: network.inputs === 1 ? this.#tuning(tensors, column, signal.amplitude) : null,
      distal: strongestDistalWeights(tensors.get('memory.weight')!, network, column, strongestShown),
    };
    this.#slow = detail;
    return detail;
  }

  #tuning(tensors: Tensors, column: number, amplitude: number): ColumnDetail['tuning'] {
    const reach = tuningReach * (amplitude || 1);
    const input = Float32Array.from(
      { length: tuningPoints },
      (_, i) => reach * ((2 * i) / (tuningPoints - 1) - 1),
    );
    return { input, ...tuningCurve(tensors, this.#trainer.settings.network, column, input) };
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
