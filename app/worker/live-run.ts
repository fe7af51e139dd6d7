import type { EngineChoice } from '../../engine/engine-choice.ts';
import type { DivergenceWatch } from '../../engine/measure/divergence.ts';
import type { StepRecords } from '../../engine/network.ts';
import { Trainer } from '../../engine/trainer.ts';
import type { Built } from './build.ts';
import type { NetworkInspection } from './inspection.ts';
import type { Inspection, InspectionView } from './inspection-views.ts';
import type { LastGood, StartRun } from './last-good.ts';
import { hasGradients, type MilestoneMoments } from './milestone-moments.ts';
import { Observation } from './observation.ts';
import { train } from './pace.ts';
import type { Progress } from './progress.ts';
import { Recollection } from './recollection.ts';

/**
 * All there is to the run is copied out this often: so that losing a GPU loses no more, and so that a run which
 * diverges, on either engine, has something to go back to.
 */
const checkpointMilliseconds = { gpu: 2000, cpu: 5000 };
/** A run is soon worth going back to. */
const firstCheckpointMilliseconds = 1000;

/** What a run keeps when it goes on in another trainer. */
export interface Kept {
  readonly progress: Progress;
  readonly watch: DivergenceWatch;
  readonly lastGood: LastGood;
  readonly moments: MilestoneMoments;
  /** Makes the same run again from its last checkpoint: for when the GPU is lost. */
  readonly again: StartRun;
}

/** A network in training and what is known of it: measured, watched, and copied out now and then. */
export class LiveRun implements Kept {
  readonly trainer: Trainer;
  readonly choice: EngineChoice;
  readonly observation: Observation;
  readonly progress: Progress;
  readonly watch: DivergenceWatch;
  readonly lastGood: LastGood;
  readonly moments: MilestoneMoments;
  readonly recollection: Recollection;
  readonly #onDivergence: () => void;
  #again: StartRun;
  #inspection: Promise<NetworkInspection> | undefined;
  #checkpointBegun: number;
  #divergedAt: number | null = null;

  constructor(
    { trainer, choice }: Built,
    { progress, watch, lastGood, moments, again }: Kept,
    onDivergence: () => void,
    gpu: GPU | undefined,
  ) {
    this.trainer = trainer;
    this.choice = choice;
    this.observation = new Observation(trainer);
    this.progress = progress;
    this.watch = watch;
    this.lastGood = lastGood;
    this.moments = moments;
    this.recollection = new Recollection(trainer, gpu);
    this.#again = again;
    this.#onDivergence = onDivergence;
    this.#checkpointBegun =
      performance.now() - checkpointMilliseconds[choice.engine] + firstCheckpointMilliseconds;
    trainer.subscribe(records => this.#observe(records));
  }

  get again(): StartRun {
    return this.#again;
  }

  /** Steps done when the network had diverged, or null. */
  get divergedAt(): number | null {
    return this.#divergedAt;
  }

  /**
   * Trains as `train` does, with a halt at each milestone to keep what the network is like there, and
   * on a GPU one step before it, whose gradients are made by running that step again.
   * @throws what `Trainer.run` throws
   */
  async train(steps: number, perSecond: number | null, signal: AbortSignal): Promise<void> {
    const { trainer, progress } = this;
    const end = trainer.step + steps;
    const onGpu = this.choice.engine === 'gpu' && hasGradients(trainer.settings.network);
    while (trainer.step < end && !signal.aborted) {
      const milestone = progress.nextMilestone;
      const isNext = trainer.step === milestone - 1;
      const before = onGpu && isNext && !trainer.mode.freeRun ? trainer.checkpoint() : null;
      // Where it fails, so does the step.
      before?.catch(() => {});
      const halt = onGpu && !isNext ? milestone - 1 : milestone;
      await train(trainer, Math.min(end, halt) - trainer.step, perSecond, signal);
      if (trainer.step !== milestone) continue;
      await this.moments.keep(trainer, this.recollection.remembered, before);
      progress.milestoneReached();
    }
  }

  /** Who goes on with a network that diverged is not stopped again at once: it may come back to its senses. */
  forgive(): void {
    if (this.#divergedAt === null) return;
    this.#divergedAt = null;
    this.watch.forget();
  }

  /** @throws what `Trainer.read` throws */
  async inspect(views: readonly InspectionView[], at: number | null): Promise<Inspection> {
    // Most runs are never looked into so closely.
    this.#inspection ??= import('./inspection.ts').then(
      ({ NetworkInspection }) =>
        new NetworkInspection(this.trainer, this.progress.use, this.recollection, this.moments),
    );
    return (await this.#inspection).inspect(views, at);
  }

  async takeCheckpoint(): Promise<void> {
    const onCpu = this.choice.engine === 'cpu';
    if (this.#divergedAt !== null || (onCpu && this.lastGood.waiting)) return;
    this.#checkpointBegun = performance.now();
    const checkpoint = await this.trainer.checkpoint();
    if (!onCpu) this.#again = options => Trainer.resume(checkpoint, options);
    this.lastGood.offer(checkpoint);
  }

  #observe(records: StepRecords): void {
    this.progress.add(records);
    this.moments.observe(records);
    if (this.#divergedAt === null) {
      this.#divergedAt = this.watch.add(records);
      if (this.#divergedAt !== null) this.#onDivergence();
      else if (this.watch.calm) this.lastGood.confirm(records.firstStep + records.count);
    }
    if (performance.now() - this.#checkpointBegun >= checkpointMilliseconds[this.choice.engine])
      // A failure here is the loss of the device, which `lost` tells.
      this.takeCheckpoint().catch(() => {});
  }
}
