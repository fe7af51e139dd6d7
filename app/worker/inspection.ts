import type { ColumnUse } from '../../engine/measure/column-use.ts';
import { distalMap } from '../../engine/measure/distal-map.ts';
import { histogramOf, initialCounts } from '../../engine/measure/histogram.ts';
import { tuningMap } from '../../engine/measure/tuning.ts';
import { elementCount, learnedTensors } from '../../engine/model/tensors.ts';
import type { Trainer } from '../../engine/trainer.ts';
import { CellTrace, pastCells } from './inspection-cells.ts';
import type { Inspection, InspectionAnswer, InspectionView } from './inspection-views.ts';
import type { Recollection } from './recollection.ts';

/** Inputs of the tuning map, and how far beyond the signal's peak they reach. */
const tuningInputs = 121;
const tuningReach = 1.1;
/** Larger tensors are not read again and again while training goes on: 64 MiB. */
const mostElements = 2 ** 24;

type Tensors = ReadonlyMap<string, Float32Array>;

let networks = 0;

/** Answers what the page asks of a network's inside. */
export class NetworkInspection {
  readonly #network = networks++;
  readonly #trainer: Trainer;
  readonly #use: ColumnUse;
  readonly #recollection: Recollection;
  readonly #cells: CellTrace;

  constructor(trainer: Trainer, use: ColumnUse, recollection: Recollection) {
    this.#trainer = trainer;
    this.#use = use;
    this.#recollection = recollection;
    this.#cells = new CellTrace(trainer);
  }

  /** @throws what `Trainer.read` throws */
  async inspect(views: readonly InspectionView[]): Promise<Inspection> {
    if (views.some(view => view.kind === 'past')) return this.#past();
    const begun = performance.now();
    this.#cells.watch(views.some(view => view.kind === 'cells'));
    const names = new Set(views.flatMap(view => this.#namesFor(view)));
    const [{ step, tensors }, stretches] = await Promise.all([
      names.size > 0 ? this.#trainer.read([...names]) : { step: this.#trainer.step, tensors: new Map() },
      views.some(view => view.kind === 'cells') ? this.#cells.take() : [],
    ]);
    const answers = views.flatMap(view =>
      view.kind === 'cells' || view.kind === 'past'
        ? { kind: 'cells' as const, stretches }
        : (this.#answer(view, tensors) ?? []),
    );
    return { network: this.#network, step, answers, took: performance.now() - begun };
  }

  async #past(): Promise<Inspection> {
    const { step, settings } = this.#trainer;
    const reenactment = await this.#recollection.recall();
    await reenactment?.done;
    const stretches = reenactment ? pastCells(reenactment, step, settings.network) : [];
    // The run rests, and nothing is held up.
    return { network: this.#network, step, answers: [{ kind: 'cells', stretches }], took: 0 };
  }

  /** Learned tensors that are small enough to be read often. */
  #readable() {
    return learnedTensors(this.#trainer.settings.network).filter(t => elementCount(t.shape) <= mostElements);
  }

  #namesFor(view: InspectionView): string[] {
    const readable = this.#readable();
    switch (view.kind) {
      case 'cells':
      case 'past':
      case 'use':
        return [];
      case 'tuning':
        if (this.#trainer.settings.network.inputs > 1) return [];
        return [
          ...readable.filter(t => t.part === 'encoder' || t.part === 'pooler').map(t => t.name),
          ...['pooler.mean', 'pooler.variance', 'pooler.duty'],
        ];
      case 'distal':
        return readable.filter(t => t.name === 'memory.weight').map(t => t.name);
      case 'histograms':
        return readable.map(t => (view.of === 'weights' ? t.name : `gradient.${t.name}`));
    }
  }

  /** @returns null where there is nothing to show: of several inputs, or of too large a memory */
  #answer(
    view: Exclude<InspectionView, { kind: 'cells' | 'past' }>,
    tensors: Tensors,
  ): InspectionAnswer | null {
    const { network, signal } = this.#trainer.settings;
    switch (view.kind) {
      case 'use':
        return { kind: 'use', points: this.#use.points };
      case 'tuning': {
        if (network.inputs > 1) return null;
        const reach = tuningReach * (signal.amplitude || 1);
        const input = Float32Array.from(
          { length: tuningInputs },
          (_, i) => reach * ((2 * i) / (tuningInputs - 1) - 1),
        );
        return { kind: 'tuning', input, ...tuningMap(tensors, network, input) };
      }
      case 'distal': {
        const weight = tensors.get('memory.weight');
        if (!weight || view.cell >= Math.sqrt(weight.length)) return null;
        return { ...view, weights: distalMap(weight, network, view.cell, view.direction) };
      }
      case 'histograms':
        return this.#histograms(view.of, tensors);
    }
  }

  #histograms(of: 'weights' | 'gradients', tensors: Tensors): InspectionAnswer {
    const readable = this.#readable();
    const spreads = readable.map(spec => {
      const histogram = histogramOf(tensors.get(of === 'weights' ? spec.name : `gradient.${spec.name}`)!);
      const initial = of === 'weights' ? initialCounts(spec, histogram.size, histogram.reach) : null;
      return { name: spec.name, histogram, initial };
    });
    const leftOut = learnedTensors(this.#trainer.settings.network)
      .map(t => t.name)
      .filter(name => readable.every(t => t.name !== name));
    return { kind: 'histograms', of, tensors: spreads, leftOut };
  }
}
