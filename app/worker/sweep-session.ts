import { encodeCheckpoint } from '../../engine/file/checkpoint.ts';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import { PopulationTrainer } from '../../engine/population/population-trainer.ts';
import { membersOf } from '../../engine/population/sweep.ts';
import { pointsPerError, runningRmse } from '../charts/running-rmse.ts';
import type { ProgressReport, SweepCommand, SweepNews, SweepReport } from './sweep-protocol.ts';

const reportMilliseconds = 250;
/** A small picture shows no more. */
const mostPoints = 100;

type Post = (report: SweepReport, transfer?: Transferable[]) => void;

/** Trains the networks of one sweep at a time and tells of them. Commands are carried out in the order they come. */
export class SweepSession {
  readonly #tell: Post;
  readonly #gpu: GPU | undefined;
  #commands: Promise<void> = Promise.resolve();
  #trainer: PopulationTrainer | null = null;
  #steps = 0;
  #id = 0;
  #halt = new AbortController();
  /** Resolves when the training under way has ended. */
  #training: Promise<void> = Promise.resolve();

  constructor(post: Post, gpu = globalThis.navigator?.gpu as GPU | undefined) {
    this.#tell = post;
    this.#gpu = gpu;
  }

  /** @returns when the command was carried out, or its failure was told */
  receive(command: SweepCommand): Promise<void> {
    this.#commands = this.#commands.then(() => this.#execute(command)).catch(error => this.#fail(error));
    return this.#commands;
  }

  /** Ends training and lets go of the networks. */
  async dispose(): Promise<void> {
    await this.#halted();
    this.#trainer?.dispose();
    this.#trainer = null;
  }

  async #execute(command: SweepCommand): Promise<void> {
    switch (command.kind) {
      case 'start':
        return this.#start(command);
      case 'play':
        await this.#halted();
        return this.#play();
      case 'pause':
        return this.#halted();
      case 'save':
        return this.#save(command.member);
    }
  }

  async #start({ id, settings, sweep, steps, engine }: SweepCommand & { kind: 'start' }): Promise<void> {
    // Two sweeps at once may not fit into memory.
    await this.dispose();
    this.#id = id;
    const members = membersOf(settings, sweep);
    const trainer = await PopulationTrainer.create(settings, members, { engine, gpu: this.#gpu });
    this.#trainer = trainer;
    this.#steps = steps;
    void trainer.lost.then(error => this.#failAt(trainer, error));
    this.#post({ kind: 'started', choice: trainer.choice });
    this.#play();
  }

  /** Begins to train; commands are heard meanwhile. */
  #play(): void {
    const trainer = this.#trainer;
    if (!trainer || trainer.step >= this.#steps) return;
    this.#halt = new AbortController();
    this.#training = this.#train(trainer, this.#halt.signal).catch(error => this.#failAt(trainer, error));
  }

  async #train(trainer: PopulationTrainer, signal: AbortSignal): Promise<void> {
    this.#post({ kind: 'playing', playing: true });
    const begun = { time: performance.now(), step: trainer.step };
    let reported = begun.time;
    const report = () => {
      const now = performance.now();
      reported = now;
      const steps = (trainer.step - begun.step) * trainer.members.length;
      const progress = progressOf(trainer, now > begun.time ? (1000 * steps) / (now - begun.time) : 0);
      this.#post(
        progress,
        progress.curves.map(curve => curve.buffer),
      );
    };
    const end = trainer.subscribe(() => {
      if (performance.now() - reported >= reportMilliseconds) report();
    });
    try {
      await trainer.run(this.#steps - trainer.step, signal);
    } finally {
      end();
    }
    report();
    this.#post({ kind: 'playing', playing: false });
  }

  async #halted(): Promise<void> {
    this.#halt.abort();
    await this.#training;
  }

  async #save(member: number): Promise<void> {
    if (!this.#trainer) return;
    try {
      const checkpoint = await this.#trainer.checkpoint(member);
      const bytes = encodeCheckpoint(checkpoint);
      this.#post({ kind: 'saved', member, step: checkpoint.state.clock.step, bytes }, [bytes.buffer]);
    } catch (error) {
      this.#post({ kind: 'unsaved', member, message: (error as Error).message });
    }
  }

  #post(news: SweepNews, transfer?: Transferable[]): void {
    this.#tell({ id: this.#id, ...news }, transfer);
  }

  /** A lost GPU is told twice, and networks that were let go fail for no one. */
  #failAt(trainer: PopulationTrainer, error: unknown): void {
    if (trainer === this.#trainer) this.#fail(error);
  }

  #fail(error: unknown): void {
    this.#trainer?.dispose();
    this.#trainer = null;
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    this.#post({ kind: 'failed', name, message });
  }
}

function progressOf(trainer: PopulationTrainer, stepsPerSecond: number): ProgressReport {
  const { period } = trainer.settings.signal;
  return {
    kind: 'progress',
    step: trainer.step,
    stepsPerSecond,
    members: trainer.summaries.map(({ rmse, ratio, columnsInUse, burstRate, divergedAt }) => ({
      rmse,
      ratio,
      columnsInUse,
      burstRate,
      divergedAt,
    })),
    ranking: trainer.ranking,
    curves: trainer.members.map((_, member) => {
      const { points, width } = trainer.history(member);
      return curveOf(points, pointsPerError(width, period));
    }),
  };
}

/** A step and its RMSE, over and over: at most 100 of them, the last among them. */
function curveOf(points: readonly HistoryPoint[], perError: number): Float32Array<ArrayBuffer> {
  const errors = runningRmse(points, perError);
  const every = Math.ceil(errors.length / mostPoints) || 1;
  const shown = errors.filter((_, i) => (errors.length - 1 - i) % every === 0);
  return Float32Array.from(shown.flatMap(({ step, rmse }) => [step, rmse]));
}
