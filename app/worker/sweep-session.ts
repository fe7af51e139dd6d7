import type { EngineChoice } from '../../engine/engine-choice.ts';
import { DeviceLostError, DisposedError } from '../../engine/errors.ts';
import { encodeCheckpoint } from '../../engine/file/checkpoint.ts';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import { type PopulationCheckpoint, PopulationTrainer } from '../../engine/population/population-trainer.ts';
import { membersOf } from '../../engine/population/sweep.ts';
import { pointsPerError, runningRmse } from '../charts/running-rmse.ts';
import type { Start } from './build.ts';
import { Rescue } from './rescue.ts';
import { areTooLarge, SweepKeeping } from './sweep-keeping.ts';
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
  #keeping: SweepKeeping | null = null;
  /** After which no more are trained. */
  #steps = 0;
  /** Where the training under way is to end; null while there is none. */
  #until: number | null = null;
  readonly #rescuer = new Rescue();
  /** Ends the wait for networks that are being made again; null while none are. */
  #giveUp: (() => void) | null = null;
  /** Whether the networks are gone with their GPU; what was kept of them is all there is. */
  #gone = false;
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
    // Nobody waits for networks that are made again only to stand still.
    if (command.kind === 'stop') this.#giveUp?.();
    return this.#enqueue(() => this.#execute(command));
  }

  #enqueue(work: () => void | Promise<void>): Promise<void> {
    this.#commands = this.#commands.then(work).catch(error => this.#fail(error));
    return this.#commands;
  }

  /** Ends training and lets go of the networks. */
  async dispose(): Promise<void> {
    await this.#halted();
    this.#letGo();
  }

  #letGo(): void {
    this.#trainer?.dispose();
    this.#trainer = null;
    this.#keeping = null;
  }

  async #execute(command: SweepCommand): Promise<void> {
    switch (command.kind) {
      case 'start':
        return this.#start(command);
      case 'play':
        await this.#halted();
        return this.#play(this.#steps);
      case 'pause':
        await this.#halted();
        this.#until = null;
        return;
      case 'stop':
        return this.#stop();
      case 'save':
        return this.#save(command.member);
    }
  }

  async #start({ id, settings, sweep, steps, engine }: SweepCommand & { kind: 'start' }): Promise<void> {
    // Two sweeps at once may not fit into memory.
    await this.dispose();
    this.#id = id;
    const members = membersOf(settings, sweep);
    const make: Start<PopulationTrainer> = on =>
      PopulationTrainer.create(settings, members, { engine: on, gpu: this.#gpu });
    const trainer = await make(engine);
    this.#steps = steps;
    this.#adopt(trainer, trainer.choice, null, make);
    this.#play(steps);
  }

  /** @param last where they begin, if not at step 0 @param make makes them from step 0 */
  #adopt(
    trainer: PopulationTrainer,
    choice: EngineChoice,
    last: PopulationCheckpoint | null,
    make: Start<PopulationTrainer>,
  ): void {
    this.#trainer = trainer;
    this.#gone = false;
    this.#keeping = new SweepKeeping(trainer, last);
    void trainer.lost.then(error => this.#enqueue(() => this.#recover(trainer, error, choice, make)));
    this.#post({ kind: 'started', choice });
  }

  /** The GPU is gone, and the networks with it: they go on from what was kept of them, to where they were to go. */
  async #recover(
    trainer: PopulationTrainer,
    error: Error,
    choice: EngineChoice,
    make: Start<PopulationTrainer>,
  ): Promise<void> {
    if (trainer !== this.#trainer) return;
    await this.#halted();
    const { step } = trainer;
    const last = this.#keeping?.last ?? null;
    const until = this.#until ?? step;
    const done = step >= this.#steps;
    const again = !done || (last !== null && last.step < step);
    const from = last?.step ?? (done || areTooLarge(trainer) ? null : 0);
    this.#post({ kind: 'lost', step, from, again });
    // What was kept can still be handed over.
    this.#gone = true;
    if (last) trainer.dispose();
    else this.#letGo();
    if (!again) return;
    const { driver = 'auto' } = choice;
    const resume: Start<PopulationTrainer> = engine =>
      last ? PopulationTrainer.resume(trainer, last, { engine, driver, gpu: this.#gpu }) : make(engine);
    const givenUp = new Promise<null>(resolve => {
      this.#giveUp = () => resolve(null);
    });
    const rebuilding = this.#rescuer.rebuild(resume, choice, error);
    const built = await Promise.race([rebuilding, givenUp]).finally(() => {
      this.#giveUp = null;
    });
    if (!built) {
      rebuilding.then(late => late.trainer.dispose()).catch(() => {});
      this.#post({ kind: 'lost', step, from: last?.step ?? null, again: false });
      return;
    }
    this.#adopt(built.trainer, built.choice, last, make);
    if (built.trainer.step < until) this.#play(until);
    else this.#tellWhether(built.trainer, false);
  }

  /** However far the networks came, that is the end: also after they had to be made again. */
  async #stop(): Promise<void> {
    this.#steps = 0;
    await this.#halted();
    this.#until = null;
    if (this.#trainer) this.#tellWhether(this.#trainer, false);
  }

  #tellWhether({ step }: PopulationTrainer, playing: boolean): void {
    this.#post({ kind: 'playing', playing, done: step >= this.#steps });
  }

  /** Begins to train; commands are heard meanwhile. */
  #play(until: number): void {
    const trainer = this.#trainer;
    if (!trainer || trainer.step >= until) return;
    this.#halt = new AbortController();
    this.#until = until;
    this.#training = this.#train(trainer, until, this.#halt.signal).catch(error =>
      this.#failAt(trainer, error),
    );
  }

  async #train(trainer: PopulationTrainer, until: number, signal: AbortSignal): Promise<void> {
    this.#tellWhether(trainer, true);
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
      await trainer.run(until - trainer.step, signal);
      this.#until = null;
    } finally {
      end();
    }
    report();
    this.#tellWhether(trainer, false);
    await this.#keeping?.keep();
  }

  async #halted(): Promise<void> {
    this.#halt.abort();
    await this.#training;
  }

  async #save(member: number): Promise<void> {
    try {
      const trainer = this.#trainer;
      if (!trainer) throw new DisposedError('These networks are gone. Start the sweep again.');
      const last = this.#keeping?.last;
      const checkpoint =
        last && (this.#gone || last.step === trainer.begun)
          ? trainer.memberOf(last, member)
          : await trainer.checkpoint(member);
      const bytes = encodeCheckpoint(checkpoint);
      this.#post({ kind: 'saved', member, step: checkpoint.state.clock.step, bytes }, [bytes.buffer]);
    } catch (error) {
      this.#post({ kind: 'unsaved', member, message: (error as Error).message });
    }
  }

  #post(news: SweepNews, transfer?: Transferable[]): void {
    this.#tell({ id: this.#id, ...news }, transfer);
  }

  /** Of a lost GPU `lost` tells, and networks that were let go fail for no one. */
  #failAt(trainer: PopulationTrainer, error: unknown): void {
    if (trainer === this.#trainer && !(error instanceof DeviceLostError)) this.#fail(error);
  }

  #fail(error: unknown): void {
    this.#letGo();
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
