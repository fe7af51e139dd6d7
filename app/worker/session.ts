import { floorsOf } from '../../engine/data/floors.ts';
import type { DriverRequest, EngineRequest } from '../../engine/engine-choice.ts';
import { DeviceLostError } from '../../engine/errors.ts';
import { DivergenceWatch, divergenceLimit } from '../../engine/measure/divergence.ts';
import type { Mode } from '../../engine/network.ts';
import { Trainer, type TrainerOptions } from '../../engine/trainer.ts';
import { type Built, build, type Start } from './build.ts';
import { type Inspection, type InspectionView, inspectionBuffers } from './inspection-views.ts';
import type { Keeping, TakenUp } from './keeping.ts';
import { LastGood, type StartRun } from './last-good.ts';
import { type Kept, LiveRun } from './live-run.ts';
import { MilestoneMoments } from './milestone-moments.ts';
import { encodeNetwork } from './network-file.ts';
import { frameBuffers } from './observation.ts';
import { type Post, Progress } from './progress.ts';
import type { Command, Frame, NetworkFile, Report } from './protocol.ts';
import { carryOver, Rescue, startOnGpu } from './rescue.ts';

/** A slider sends many settings a second; floors are estimated when it rests. */
const floorsMilliseconds = 150;

/**
 * Bytes that a network's numbers may take. They are there several times over: in the engine, in the checkpoints to go back to,
 * and in the run before while a new one is made; a browser ends a page that takes more memory than there is.
 */
const room = 2 ** 30;

interface Play {
  until: number | null;
  speed: number | null;
}

/**
 * What the page talks to: one run at a time, trained, observed, replaced and rescued. Commands are carried out in the
 * order they come; each is done before the next begins, except that playing and frames go on meanwhile.
 */
export class Session {
  readonly #post: Post;
  readonly #gpu: GPU | undefined;
  #commands: Promise<void> = Promise.resolve();
  #run: LiveRun | null = null;
  #play: Play | null = null;
  #halt = new AbortController();
  /** Resolves when the training under way has ended. */
  #training: Promise<void> = Promise.resolve();
  #pinned: number | null = null;
  #seen = true;
  #driver: DriverRequest = 'auto';
  #floorsTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #keeping: Keeping | null;
  readonly #rescuer = new Rescue();

  /** @param keeping null to keep no runs */
  constructor(
    post: Post,
    gpu = globalThis.navigator?.gpu as GPU | undefined,
    keeping: Keeping | null = null,
  ) {
    this.#post = post;
    this.#gpu = gpu;
    this.#keeping = keeping;
  }

  /** @returns when the command was carried out, or refused and reported */
  receive(command: Command): Promise<void> {
    return this.#enqueue(() => this.#carryOut(command));
  }

  /** Ends training and lets go of the engine. */
  dispose(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#halted();
      clearTimeout(this.#floorsTimer);
      await this.#keeping?.dispose();
      this.#run?.trainer.dispose();
      this.#run = this.#play = null;
    });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#commands = this.#commands.then(work).catch(error => this.#refuse('run', error));
    return this.#commands;
  }

  async #carryOut(command: Command): Promise<void> {
    try {
      await this.#execute(command);
    } catch (error) {
      if (error instanceof DeviceLostError && this.#run) {
        await this.#rescue(this.#run, error);
        // Where the run is now may be lost, too.
        await this.#carryOut(command);
      } else throw error;
    }
  }

  async #execute(command: Command): Promise<void> {
    switch (command.kind) {
      case 'open':
        return this.#open(command);
      case 'restore':
        return this.#restore(command);
      case 'play':
        return this.#startPlaying(command);
      case 'pause':
        return this.#pause();
      case 'step':
        return this.#step(command.count);
      case 'set':
        return this.#set(command);
      case 'mode':
        return this.#setMode(command.mode);
      case 'milestones':
        return this.#setMilestones(command.steps);
      case 'driver':
        this.#driver = command.driver;
        return;
      case 'pin':
        this.#pinned = command.column;
        return;
      case 'frame':
        return this.#frame(command.at ?? null);
      case 'recall':
        return this.#recall();
      case 'closeUp':
        return this.#closeUp();
      case 'inspect':
        return this.#inspect(command.views);
      case 'save':
        return this.#save(command.as);
      case 'goBack':
        return this.#goBack(command.speed);
      case 'useGpu':
        return this.#returnToGpu(command.engine);
      case 'seen':
        this.#seen = command.seen;
        return this.#run?.progress.setSeen(command.seen);
      case 'keep':
        return this.#keeping?.keep(this.#play !== null);
      case 'resume':
        return this.#resume(command);
    }
  }

  async #open(command: Command & { kind: 'open' }): Promise<void> {
    const { settings, engine, milestones, data = this.#run?.trainer.data } = command;
    const start = (options: TrainerOptions) => Trainer.create(settings, { ...options, data });
    await this.#replace(start, engine, milestones, null).catch(error => this.#refuse('run', error));
  }

  async #restore({ bytes, fileName, engine, milestones }: Command & { kind: 'restore' }): Promise<void> {
    const start = (options: TrainerOptions) => Trainer.restore(bytes, options);
    await this.#replace(start, engine, milestones, fileName).catch(error => this.#refuse('file', error));
  }

  async #resume({ id, engine, milestones }: Command & { kind: 'resume' }): Promise<void> {
    if (!this.#keeping || id === this.#keeping.id) return;
    let takenUp: TakenUp | undefined;
    try {
      takenUp = await this.#keeping.takeUp(id);
      const { record, checkpoint } = takenUp;
      const start = async (options: TrainerOptions) => {
        const trainer = await Trainer.restore(checkpoint, options);
        trainer.setMode(record.mode);
        return trainer;
      };
      await this.#replace(start, engine, milestones, record.name, takenUp);
    } catch (error) {
      takenUp?.release();
      this.#refuse('stored run', error);
    }
  }

  /** Puts a new run in the place of the one that stands, which goes on if there is no making the new one. */
  async #replace(
    start: StartRun,
    engine: EngineRequest,
    milestones: readonly number[],
    restoredFrom: string | null,
    takenUp: TakenUp | null = null,
  ): Promise<void> {
    const play = this.#play;
    await this.#halted();
    try {
      await this.#keeping?.rest();
      const built = await this.#build(start, engine);
      const { settings, step, mode } = built.trainer;
      const floors = floorsOf(settings.signal, settings.network.inputs, built.trainer.data);
      this.#run?.trainer.dispose();
      const progress = new Progress(settings, milestones, step, this.#post, takenUp?.record);
      progress.setSeen(this.#seen);
      const watch = new DivergenceWatch(divergenceLimit(settings.signal, floors), mode);
      this.#run = this.#adopt(built, {
        progress,
        watch,
        lastGood: new LastGood(start, step),
        moments: new MilestoneMoments(),
        again: start,
      });
      this.#post({ kind: 'opened', settings, choice: built.choice, step, floors, mode, restoredFrom });
      progress.tellBefore();
      this.#keeping?.begin(takenUp);
    } finally {
      this.#play = play;
      this.#continue();
    }
  }

  async #build(start: StartRun, engine: EngineRequest): Promise<Built> {
    const attempt = () => build(this.#starting(start), engine);
    const built = await attempt();
    if (this.#run?.choice.engine !== 'gpu' || built.choice.problem?.name !== 'OutOfMemoryError') return built;
    // The network that is to go holds the memory that the new one lacks.
    this.#run.trainer.dispose();
    this.#run = null;
    const second = await attempt().catch(() => null);
    if (!second) return built;
    built.trainer.dispose();
    return second;
  }

  #starting(start: StartRun): Start {
    const [gpu, driver] = [this.#gpu, this.#driver];
    return engine =>
      start({ engine, driver, gpu, room, onStage: stage => this.#post({ kind: 'stage', stage }) });
  }

  #adopt(built: Built, kept: Kept): LiveRun {
    const run = new LiveRun(built, kept, () => this.#halt.abort('diverged'), this.#gpu);
    this.#keeping?.follow(run);
    void run.trainer.lost.then(error => this.#enqueue(() => this.#rescue(run, error)));
    return run;
  }

  async #startPlaying({ until, speed }: Play): Promise<void> {
    await this.#halted();
    this.#play = { until, speed };
    this.#continue();
  }

  async #pause(): Promise<void> {
    await this.#halted();
    await this.#rest();
  }

  async #step(count: number): Promise<void> {
    const run = this.#run;
    if (!run) return;
    const played = this.#play !== null;
    await this.#halted();
    this.#halt = new AbortController();
    run.forgive();
    await run.train(count, null, this.#halt.signal);
    if (played) await this.#rest();
    else await this.#settle(run);
  }

  async #closeUp(): Promise<void> {
    const run = this.#run;
    if (!run) return;
    await this.#halted();
    run.forgive();
    const { takeCloseUp } = await import('./close-up.ts');
    const closeUp = await takeCloseUp(run, this.#pinned);
    // First the step as it went, then the run with it.
    this.#post({ kind: 'closeUp', closeUp }, frameBuffers(closeUp.frame));
    await this.#rest();
  }

  /** Stops the training under way, without a word: who calls says what comes next. */
  async #halted(): Promise<void> {
    this.#halt.abort('halted');
    this.#run?.recollection.interrupt();
    await this.#training;
  }

  /** Trains on as `#play` says, if it says so. */
  #continue(): void {
    const run = this.#run;
    const play = this.#play;
    if (!run || !play) {
      this.#play = null;
      return;
    }
    if (play.until !== null && play.until <= run.trainer.step) {
      this.#training = this.#rest();
      return;
    }
    this.#halt = new AbortController();
    run.forgive();
    run.progress.begin();
    this.#post({ kind: 'playing', playing: true, until: play.until });
    this.#training = this.#trainOn(run, play, this.#halt.signal);
  }

  async #trainOn(run: LiveRun, { until, speed }: Play, signal: AbortSignal): Promise<void> {
    const { trainer } = run;
    try {
      await run.train((until ?? Number.POSITIVE_INFINITY) - trainer.step, speed, signal);
    } catch (error) {
      // `lost` tells of it too, and the run goes on elsewhere as if it had not stopped.
      if (error instanceof DeviceLostError) return;
      this.#refuse('run', error);
    }
    if (signal.reason !== 'halted') await this.#rest();
  }

  /** Training has ended: everything about it is told. */
  async #rest(): Promise<void> {
    this.#play = null;
    if (!this.#run) return;
    await this.#settle(this.#run).catch(() => {});
    await this.#keeping?.rest();
    this.#post({ kind: 'playing', playing: false, until: null });
  }

  async #settle(run: LiveRun): Promise<void> {
    run.progress.end();
    const { divergedAt: step, watch, lastGood } = run;
    if (step !== null) this.#post({ kind: 'diverged', step, loss: watch.loss, good: lastGood.step });
    await run.takeCheckpoint();
  }

  /** The GPU is gone: the run goes on from its last checkpoint, on the GPU if it comes back, else on the CPU. */
  async #rescue(run: LiveRun, error: Error): Promise<void> {
    if (run !== this.#run || run.choice.engine === 'cpu') return;
    const play = this.#play;
    await this.#halted();
    this.#post({ kind: 'stage', stage: 'adapter' });
    const built = await this.#rescuer.rebuild(this.#starting(run.again), run.choice, error);
    run.progress.rewind(built.trainer.step);
    run.watch.forget();
    this.#move(run, built, run.again, 'lost');
    this.#play = play;
    this.#continue();
  }

  /** A run that had to leave the GPU goes back to it, just as it is. */
  async #returnToGpu(engine: EngineRequest): Promise<void> {
    const run = this.#run;
    if (!run || run.choice.engine === 'gpu') return;
    const play = this.#play;
    await this.#halted();
    try {
      const checkpoint = await run.trainer.checkpoint();
      const again: StartRun = options => Trainer.resume(checkpoint, options);
      const trainer = await startOnGpu(this.#starting(again), engine);
      this.#move(run, { trainer, choice: trainer.choice }, again, 'asked');
    } catch (error) {
      this.#refuse('engine', error);
    } finally {
      this.#play = play;
      this.#continue();
    }
  }

  #move(run: LiveRun, built: Built, again: StartRun, why: 'lost' | 'asked'): void {
    carryOver(run.trainer, built.trainer);
    run.trainer.dispose();
    const { progress, watch, lastGood, moments } = run;
    this.#run = this.#adopt(built, { progress, watch, lastGood, moments, again });
    this.#post({ kind: 'moved', choice: built.choice, step: built.trainer.step, why });
    progress.end();
  }

  /** Back to the last good state, on the engine that the run has; the learning rate that led astray is halved. */
  async #goBack(speed: number | null): Promise<void> {
    const run = this.#run;
    if (!run) return;
    await this.#halted();
    try {
      const built = await this.#build(run.lastGood.start, run.choice.engine);
      const { trainer } = built;
      carryOver(run.trainer, trainer);
      trainer.set('learningRate', run.trainer.settings.network.learningRate / 2);
      run.trainer.dispose();
      run.progress.rewind(trainer.step);
      run.watch.forget();
      run.lastGood.withdraw();
      const choice = trainer.choice.engine === run.choice.engine ? run.choice : built.choice;
      const { progress, watch, lastGood, moments } = run;
      const again = lastGood.start;
      this.#run = this.#adopt({ trainer, choice }, { progress, watch, lastGood, moments, again });
      this.#post({ kind: 'wentBack', settings: trainer.settings, choice, step: trainer.step });
      run.progress.end();
      this.#play = { until: null, speed };
    } finally {
      this.#continue();
    }
  }

  #setMode(mode: Partial<Mode>): void {
    const run = this.#run;
    run?.trainer.setMode(mode);
    run?.recollection.changed({ mode });
    run?.watch.setMode(run.trainer.mode);
    this.#reportChange();
  }

  #set({ path, value }: Command & { kind: 'set' }): void {
    const run = this.#run;
    if (!run) return;
    try {
      run.trainer.set(path, value);
      run.recollection.changed({ path, value });
      if (path.startsWith('signal.')) {
        // Nothing is too large until the new signal's floors are known.
        run.watch.setLimit(Number.POSITIVE_INFINITY);
        this.#estimateFloors();
      }
    } catch (error) {
      // A lost GPU is no reason to refuse: where the run goes on, the setting goes with it.
      if (!(error instanceof DeviceLostError)) this.#refuse('setting', error);
    } finally {
      this.#reportChange();
    }
  }

  #reportChange(): void {
    if (!this.#run) return;
    const { settings, mode } = this.#run.trainer;
    this.#post({ kind: 'changed', settings, mode });
  }

  #estimateFloors(): void {
    clearTimeout(this.#floorsTimer);
    this.#floorsTimer = setTimeout(() => {
      if (!this.#run) return;
      const { data, settings } = this.#run.trainer;
      const { signal, network } = settings;
      const floors = floorsOf(signal, network.inputs, data);
      this.#run.watch.setLimit(divergenceLimit(signal, floors));
      this.#post({ kind: 'floors', floors });
    }, floorsMilliseconds);
  }

  /** Begins to read a frame; the commands after it do not wait for it. */
  #frame(at: number | null): void {
    const run = this.#run;
    const pinned = this.#pinned;
    const answer = (read: Frame | null) => {
      // A network that is lost or has gone meanwhile has no frame.
      const frame = run === this.#run ? read : null;
      this.#post({ kind: 'frame', frame, at }, frame ? frameBuffers(frame) : []);
    };
    const failed = () => answer(null);
    if (!run) failed();
    else if (at === null) run.observation.frame(pinned, this.#play !== null).then(answer, failed);
    else if (run.moments.has(at)) run.moments.frame(at, pinned).then(answer, failed);
    else run.recollection.frame(at, pinned, answer).catch(failed);
  }

  #recall(): void {
    this.#run?.recollection.recall().then(
      async reenactment => {
        await reenactment?.done;
        const exact = reenactment?.exact ?? null;
        if (exact !== null) this.#post({ kind: 'recalled', exact });
      },
      // Who asks for a frame of it hears that there is none.
      () => {},
    );
  }

  async #setMilestones(steps: readonly number[]): Promise<void> {
    const play = this.#play;
    // Training halts at milestones: at the new ones from now on.
    await this.#halted();
    this.#run?.progress.setMilestones(steps);
    this.#play = play;
    if (play) this.#continue();
  }

  /** Begins a closer look; the commands after it do not wait for it. */
  #inspect(views: readonly InspectionView[]): void {
    const run = this.#run;
    const answer = (read: Inspection | null) => {
      const inspection = run === this.#run ? read : null;
      this.#post({ kind: 'inspection', inspection }, inspection ? inspectionBuffers(inspection) : []);
    };
    if (run) run.inspect(views).then(answer, () => answer(null));
    else answer(null);
  }

  async #save(as: NetworkFile): Promise<void> {
    if (!this.#run) return;
    const checkpoint = await this.#run.trainer.checkpoint();
    try {
      const bytes = await encodeNetwork(checkpoint, as);
      this.#post({ kind: 'saved', as, bytes, step: checkpoint.state.clock.step }, [bytes.buffer]);
    } catch (error) {
      this.#refuse('download', error);
    }
  }

  #refuse(what: (Report & { kind: 'refused' })['what'], error: unknown): void {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    this.#post({ kind: 'refused', what, name, message });
  }
}
