import type { OwnData } from './data/own-data.ts';
import { SignalStream, type StreamState } from './data/stream.ts';
import {
  chooseEngine,
  type DriverRequest,
  type EngineChoice,
  type EngineRequest,
  type EngineStage,
} from './engine-choice.ts';
import { ConfigError, DisposedError } from './errors.ts';
import { type Checkpoint, encodeCheckpoint } from './file/checkpoint.ts';
import { parseSettings, type Settings } from './model/config.ts';
import { initialState } from './model/initialise.ts';
import { requireRoom, withRoom } from './model/room.ts';
import { isLive, type SettingValue, settingAt, settingPaths, withSetting } from './model/settings.ts';
import type { LiveParameters, Mode, Network, NetworkState, StepRecords } from './network.ts';
import { BatchPacer, nextTask } from './pacing.ts';

export interface TrainerOptions {
  /** Default: the GPU where there is a real one, else the CPU. */
  engine?: EngineRequest;
  /** How a GPU takes the steps; default: as it turns out to be faster. */
  driver?: DriverRequest;
  /** Where to find WebGPU; default `navigator.gpu`. Node passes Dawn's. */
  gpu?: GPU | undefined;
  /** Bytes that the network's numbers may take; default: whatever can be had. */
  room?: number;
  /** What a new run of the wave `data` is made of. */
  data?: OwnData | undefined;
  /** Told what is being waited for while the engine starts. */
  onStage?: (stage: EngineStage) => void;
}

const batchesInFlight = 2;
/** Steps that run by themselves are short: more of them hide how long it takes to read one. */
const tracedInFlight = 16;

export type StepListener = (records: StepRecords) => void;

/** Looks at steps one by one while they are trained. */
export interface StepTrace {
  /** Tensors that are read after a step. */
  readonly names: readonly string[];
  /** Whether to look at the step that is about to begin; it then runs by itself, which takes longer. */
  wanted(): boolean;
  /** @param records of the one step */
  look(records: StepRecords, tensors: ReadonlyMap<string, Float32Array>): void;
}

export interface Reading {
  /** Steps done when the tensors had these values. */
  step: number;
  tensors: Map<string, Float32Array>;
}

/**
 * A network, the signal it learns and the engine that runs it: all that a page or a program needs to train.
 *
 * @example
 * const trainer = await Trainer.create(defaultPreset.settings);
 * trainer.subscribe(records => console.log(records.loss));
 * await trainer.run(1000);
 * const file = await trainer.save();
 */
export class Trainer {
  #settings: Settings;
  readonly #network: Network;
  readonly #stream: SignalStream;
  /** Of the wave `data`; none for others. */
  readonly data: OwnData | undefined;
  readonly #listeners = new Set<StepListener>();
  readonly #pacer = new BatchPacer();
  #trace: StepTrace | null = null;
  #mode: Mode = { learning: true, freeRun: false };
  #step: number;
  /** Steps given to the network, some of which may still be under way. */
  #begun: number;
  #running = false;
  #disposed = false;
  /** Why this engine runs, and on what. */
  readonly choice: EngineChoice;

  private constructor(
    settings: Settings,
    network: Network,
    stream: SignalStream,
    choice: EngineChoice,
    step: number,
    data: OwnData | undefined,
  ) {
    this.data = data;
    this.#settings = settings;
    this.#network = network;
    this.#stream = stream;
    this.#step = step;
    this.#begun = step;
    this.choice = choice;
  }

  /**
   * A new run from step 0.
   * @throws ConfigError for bad settings; NoWebGpuError, InsecureContextError, NoAdapterError, OutOfMemoryError when
   * `engine` is `gpu` and there is none that can hold the network (`auto` falls back to the CPU instead); OutOfMemoryError
   * also where the network takes more than `room`, or than can be had.
   */
  static async create(settings: Settings, options: TrainerOptions = {}): Promise<Trainer> {
    const valid = parseSettings(settings);
    return Trainer.#start(
      valid,
      () => initialState(valid.network, valid.seed),
      undefined,
      options,
      options.data,
    );
  }

  /** Goes on where a checkpoint stopped: bit for bit on the same adapter. @throws as `create` */
  static async resume(checkpoint: Checkpoint, options: TrainerOptions = {}): Promise<Trainer> {
    return Trainer.#start(
      parseSettings(checkpoint.settings),
      () => checkpoint.state,
      checkpoint.stream,
      options,
      checkpoint.data,
    );
  }

  /** Goes on from a weights file. @throws FileError for a bad file, else as `create` */
  static async restore(file: Uint8Array, options: TrainerOptions = {}): Promise<Trainer> {
    // Most pages never read one.
    const { decodeCheckpoint } = await import('./file/checkpoint-reader.ts');
    return Trainer.resume(decodeCheckpoint(file), options);
  }

  static async #start(
    settings: Settings,
    makeState: () => NetworkState,
    streamState: StreamState | undefined,
    { engine = 'auto', driver, gpu = globalThis.navigator?.gpu, room, onStage }: TrainerOptions,
    data: OwnData | undefined,
  ): Promise<Trainer> {
    const stream = new SignalStream(
      settings.signal,
      settings.network.inputs,
      settings.seed,
      streamState,
      data,
    );
    if (room !== undefined) requireRoom(settings.network, room);
    const state = withRoom(settings.network, makeState);
    const { network, choice } = await chooseEngine(engine, gpu, settings.network, state, onStage, driver);
    const own = settings.signal.wave === 'data' ? data : undefined;
    return new Trainer(settings, network, stream, choice, state.clock.step, own);
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Steps done and reported. */
  get step(): number {
    return this.#step;
  }

  /** Steps given to the network: what is changed or read now holds from there on, reported or not. */
  get begun(): number {
    return this.#begun;
  }

  get mode(): Readonly<Mode> {
    return this.#mode;
  }

  /** Whether steps are under way. */
  get running(): boolean {
    return this.#running;
  }

  /** Resolves with a DeviceLostError if the GPU goes away. */
  get lost(): Promise<Error> {
    return this.#network.lost;
  }

  /**
   * Runs `steps` steps, or until `signal` aborts; what was begun then still finishes and is reported.
   * @returns steps run
   * @throws DeviceLostError when the GPU goes away; resume from a checkpoint then.
   */
  async run(steps: number, signal?: AbortSignal): Promise<number> {
    this.#check();
    if (this.#running)
      throw new ConfigError('run', 'this trainer is already running; wait for it or abort it');
    this.#running = true;
    const begun = this.#step;
    const inFlight: Promise<void>[] = [];
    this.#pacer.start();
    try {
      for (let left = steps; left > 0 && !signal?.aborted; ) {
        const trace = this.#trace?.wanted() ? this.#trace : null;
        const count = trace ? 1 : Math.min(left, this.#pacer.batchSize);
        left -= count;
        const batch = this.#begin(count, trace);
        // It may fail before those begun earlier, which are waited for first.
        batch.catch(() => {});
        inFlight.push(batch);
        // Two batches in flight: the GPU computes one while the other is read back. The CPU must yield instead.
        while (inFlight.length >= (trace ? tracedInFlight : batchesInFlight)) await inFlight.shift();
        if (this.#network.engine === 'cpu') await nextTask();
      }
      await Promise.all(inFlight);
    } finally {
      await Promise.allSettled(inFlight);
      this.#running = false;
    }
    return this.#step - begun;
  }

  /**
   * Changes a live setting, from the next batch on.
   * @throws ConfigError for an unknown path, a bad value, or a setting that needs a restart
   */
  set(path: string, value: SettingValue): void {
    this.#check();
    if (settingPaths.includes(path) && !isLive(path))
      throw new ConfigError(path, 'cannot change in a running network; start a new run with it');
    this.#settings = withSetting(this.#settings, path, value);
    if (path.startsWith('signal.')) this.#stream.setSignal(this.#settings.signal);
    else this.#network.setLive({ [path]: settingAt(this.#settings, path) } as Partial<LiveParameters>);
  }

  /** Freezes learning, or lets the network run on its own predictions (which also stops learning). */
  setMode(mode: Partial<Mode>): void {
    this.#check();
    this.#mode = { ...this.#mode, ...mode };
    this.#network.setMode(this.#mode);
  }

  /** Calls `listener` with every batch of steps, in order. @returns a function that stops it */
  subscribe(listener: StepListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets `trace` look at steps from the next one on; null for none. */
  trace(trace: StepTrace | null): void {
    this.#trace = trace;
  }

  /** Reads tensors, all of one step, by the names of `model/tensors.ts`: weights, gradients, state or activity. */
  async read(names: readonly string[]): Promise<Reading> {
    this.#check();
    // The network answers in the order of calls, so after all steps begun so far, reported or not.
    const step = this.#begun;
    return { step, tensors: await this.#network.read(names) };
  }

  /** All there is to the run, in memory. Safe between and during runs: it holds what was begun before the call. */
  async checkpoint(): Promise<Checkpoint> {
    this.#check();
    const settings = this.#settings;
    const stream = this.#stream.state();
    const data = this.data && { data: this.data };
    return { settings, stream, state: await this.#network.state(), ...data };
  }

  /** The run as a weights file (safetensors). */
  async save(): Promise<Uint8Array> {
    return encodeCheckpoint(await this.checkpoint());
  }

  dispose(): void {
    this.#disposed = true;
    this.#listeners.clear();
    this.#network.dispose();
  }

  async #begin(count: number, trace: StepTrace | null): Promise<void> {
    this.#begun += count;
    const ran = this.#network.run(this.#stream.rows(count));
    if (!trace) return this.#deliver(await ran);
    const [records, tensors] = await Promise.all([ran, this.#network.read(trace.names)]);
    trace.look(records, tensors);
    this.#deliver(records);
  }

  #deliver(records: StepRecords): void {
    this.#pacer.finished(records.count);
    this.#step = records.firstStep + records.count;
    for (const listener of this.#listeners) listener(records);
  }

  #check(): void {
    if (this.#disposed) throw new DisposedError('This trainer was disposed; create a new one.');
  }
}
