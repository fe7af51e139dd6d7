import type { ColumnUse } from '../../engine/measure/column-use.ts';
import type { Trainer } from '../../engine/trainer.ts';
import { answerFrom, isOfWeights, tensorsFor, type WeightView } from './inspection-answers.ts';
import { CellTrace, pastCells } from './inspection-cells.ts';
import type { Inspection, InspectionAnswer, InspectionView } from './inspection-views.ts';
import type { MilestoneMoments } from './milestone-moments.ts';
import type { Recollection } from './recollection.ts';

let networks = 0;

/** Answers what the page asks of a network's inside. */
export class NetworkInspection {
  readonly #network = networks++;
  readonly #trainer: Trainer;
  readonly #use: ColumnUse;
  readonly #recollection: Recollection;
  readonly #moments: MilestoneMoments;
  readonly #cells: CellTrace;
  /** Of the past one step is looked into at a time: that which was asked for last. */
  #looking = new AbortController();

  constructor(trainer: Trainer, use: ColumnUse, recollection: Recollection, moments: MilestoneMoments) {
    this.#trainer = trainer;
    this.#use = use;
    this.#recollection = recollection;
    this.#moments = moments;
    this.#cells = new CellTrace(trainer);
  }

  /**
   * @param at a step that is past, whose weights are looked at; null for now, as where that step cannot be had
   * @throws what `Trainer.read` throws
   */
  async inspect(views: readonly InspectionView[], at: number | null = null): Promise<Inspection> {
    if (views.some(view => view.kind === 'past')) return this.#past(at);
    const begun = performance.now();
    this.#cells.watch(views.some(view => view.kind === 'cells'));
    const [{ step, answers }, others] = await Promise.all([
      this.#weights(views, at),
      Promise.all(views.map(view => this.#other(view))),
    ]);
    // To go back the run rests, and nothing is held up.
    const took = at === null ? performance.now() - begun : 0;
    return { network: this.#network, step, answers: [...others.flat(), ...answers], took };
  }

  /** @param milestone whose steps before it are run again; null for those before now */
  async #past(milestone: number | null): Promise<Inspection> {
    const { step, settings } = this.#trainer;
    const lead = milestone === null ? null : this.#moments.lead(milestone);
    const again = milestone === null ? this.#recollection.recall() : lead && this.#recollection.rerun(lead);
    const reenactment = await again;
    await reenactment?.done;
    const stretches = reenactment ? pastCells(reenactment, milestone ?? step, settings.network) : [];
    // The run rests, and nothing is held up.
    return { network: this.#network, step, answers: [{ kind: 'cells', stretches, milestone }], took: 0 };
  }

  async #other(view: InspectionView): Promise<InspectionAnswer[]> {
    if (view.kind === 'use') return [{ kind: 'use', points: this.#use.points }];
    if (view.kind === 'cells')
      return [{ kind: 'cells', stretches: await this.#cells.take(), milestone: null }];
    return [];
  }

  async #weights(
    views: readonly InspectionView[],
    at: number | null,
  ): Promise<Pick<Inspection, 'step' | 'answers'>> {
    const ofWeights = views.filter(isOfWeights);
    if (ofWeights.length === 0) return { step: this.#trainer.step, answers: [] };
    // Of a milestone the state is kept, but of the step that led to it no more than how its gradients were spread.
    const kept = at !== null && this.#moments.has(at);
    const asked = kept ? ofWeights.filter(view => !isOfGradients(view)) : ofWeights;
    if (asked.length === 0) return { step: at!, answers: [this.#gradientsKept(at!)] };
    const look = async (trainer: Trainer, views: readonly WeightView[]) => {
      const { settings } = trainer;
      const names = new Set(views.flatMap(view => tensorsFor(view, settings)));
      const { step, tensors } =
        names.size > 0 ? await trainer.read([...names]) : { step: trainer.step, tensors: new Map() };
      return { step, answers: views.flatMap(view => answerFrom(view, tensors, settings) ?? []) };
    };
    const past = at === null ? null : await this.#lookBack(at, trainer => look(trainer, asked));
    if (!past) return look(this.#trainer, ofWeights);
    return asked.length < ofWeights.length
      ? { ...past, answers: [...past.answers, this.#gradientsKept(at!)] }
      : past;
  }

  #gradientsKept(milestone: number): InspectionAnswer {
    const spreads = this.#moments.gradients(milestone) ?? new Map();
    const tensors = Array.from(spreads, ([name, histogram]) => ({ name, histogram, initial: null }));
    return { kind: 'histograms', of: 'gradients', tensors, leftOut: [] };
  }

  async #lookBack<T>(at: number, look: (trainer: Trainer) => Promise<T>): Promise<T | null> {
    this.#looking.abort();
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    if (this.#moments.has(at)) return this.#moments.lookInto(at, look);
    const reenactment = await this.#recollection.recall();
    return reenactment ? reenactment.lookInto(at, signal, look) : null;
  }
}

const isOfGradients = (view: InspectionView): boolean =>
  view.kind === 'histograms' && view.of === 'gradients';
