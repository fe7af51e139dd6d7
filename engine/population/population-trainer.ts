import { floorsOf } from '../data/floors.ts';
import { SignalStream, type StreamState } from '../data/stream.ts';
import type { DriverRequest, EngineChoice, EngineRequest, EngineStage } from '../engine-choice.ts';
import { ConfigError, DisposedError } from '../errors.ts';
import type { Checkpoint } from '../file/checkpoint.ts';
import { divergenceLimit } from '../measure/divergence.ts';
import { parseSettings, type Settings } from '../model/config.ts';
import { BatchPacer, nextTask } from '../pacing.ts';
import { choosePopulation } from './choose-population.ts';
import { MemberMeasure, type MemberSummary, ranked, recordsOf, stretchOf } from './member-measure.ts';
import {
  configOf,
  type Member,
  type Population,
  type PopulationRecords,
  type StateOf,
} from './population.ts';

export interface PopulationOptions {
  /** Default: the GPU where there is a real one, else the CPU. */
  engine?: EngineRequest;
  /** How a GPU takes the steps; default whichever is faster. */
  driver?: DriverRequest;
  /** Where to find WebGPU; default `navigator.gpu`. Node passes Dawn's. */
  gpu?: GPU | undefined;
  /** Told what is being waited for while the engine starts. */
  onStage?: (stage: EngineStage) => void;
}

/** All networks in training at one step, in memory: what they remember, and where their signal stands. */
export interface PopulationCheckpoint {
  readonly step: number;
  readonly stream: StreamState;
  readonly stateOf: StateOf;
}

/** Steps at a time on the CPU, where 64 networks take a while for each. */
const cpuBatch = 4;

/**
 * Networks that learn one signal side by side, each measured for itself.
 *
 * @example
 * const sweep = planSweep(settings, [parseSweepRange('learningRate=0.01:1:log')], 8);
 * const trainer = await PopulationTrainer.create(settings, membersOf(settings, sweep));
 * await trainer.run(3000);
 * const best = await Trainer.resume(await trainer.checkpoint(trainer.ranking[0]));
 */
export class PopulationTrainer {
  readonly settings: Settings;
  /** Why this engine runs, and on what. */
  readonly choice: EngineChoice;
  readonly #population: Population;
  readonly #stream: SignalStream;
  readonly #measures: readonly MemberMeasure[];
  readonly #listeners = new Set<(records: PopulationRecords) => void>();
  readonly #pacer = new BatchPacer();
  #step: number;
  /** Steps given to the networks, some of which may still be under way. */
  #begun: number;
  /** Steps measured: more than are done, where networks train again what was lost. */
  #measured: number;
  #running = false;
  #disposed = false;

  private constructor(
    settings: Settings,
    population: Population,
    choice: EngineChoice,
    lost?: PopulationTrainer,
    checkpoint?: PopulationCheckpoint,
  ) {
    const { signal, network, seed } = settings;
    this.settings = settings;
    this.choice = choice;
    this.#population = population;
    this.#stream = new SignalStream(signal, network.inputs, seed, checkpoint?.stream);
    const limit = divergenceLimit(signal, floorsOf(signal, network.inputs));
    this.#measures = lost ? lost.#measures : population.members.map(() => new MemberMeasure(settings, limit));
    this.#step = this.#begun = checkpoint?.step ?? 0;
    this.#measured = lost ? lost.#measured : 0;
  }

  /**
   * New networks at step 0. What a member does not say, and the signal, they have from `settings`.
   * @throws ConfigError for bad settings; OutOfMemoryError; the GPU's errors when `engine` is `gpu`
   */
  static async create(
    settings: Settings,
    members: readonly Member[],
    { engine = 'auto', driver, gpu = globalThis.navigator?.gpu, onStage }: PopulationOptions = {},
  ): Promise<PopulationTrainer> {
    const valid = parseSettings(settings);
    if (valid.signal.wave === 'data')
      throw new ConfigError(
        'signal.wave',
        'your own data cannot be swept; choose another wave for the sweep',
      );
    const { population, choice } = await choosePopulation(
      engine,
      gpu,
      valid.network,
      members,
      onStage,
      driver,
    );
    return new PopulationTrainer(valid, population, choice);
  }

  /**
   * The networks of `lost` once more, as they were at one of its checkpoints: on the same engine and driver they go on bit
   * for bit. What was measured of them stays; steps that they train again are not measured again. `lost` is of no more use.
   * @throws OutOfMemoryError; the GPU's errors when `engine` is `gpu`
   */
  static async resume(
    lost: PopulationTrainer,
    checkpoint: PopulationCheckpoint,
    { engine = 'auto', driver, gpu = globalThis.navigator?.gpu, onStage }: PopulationOptions = {},
  ): Promise<PopulationTrainer> {
    const { settings, members } = lost;
    const { population, choice } = await choosePopulation(
      engine,
      gpu,
      settings.network,
      members,
      onStage,
      driver,
      checkpoint.stateOf,
    );
    return new PopulationTrainer(settings, population, choice, lost, checkpoint);
  }

  get members(): readonly Member[] {
    return this.#population.members;
  }

  /** Steps that each network has done and reported. */
  get step(): number {
    return this.#step;
  }

  /** Steps given to each network, reported or not. */
  get begun(): number {
    return this.#begun;
  }

  /** Resolves with a DeviceLostError if the GPU goes away: the networks are gone then. */
  get lost(): Promise<Error> {
    return this.#population.lost;
  }

  /** [members] */
  get summaries(): MemberSummary[] {
    return this.#measures.map(measure => measure.summary);
  }

  /** Members from the best to the worst. */
  get ranking(): number[] {
    return ranked(this.summaries);
  }

  /** A member's error over the whole run. */
  history(member: number): MemberMeasure['history'] {
    return this.#measures[member]!.history;
  }

  /** What a run of this member alone would be set to. */
  settingsOf(member: number): Settings {
    const own = this.members[member]!;
    return { ...this.settings, network: configOf(this.settings.network, own), seed: own.seed };
  }

  /**
   * Runs `steps` steps of all networks, or until `signal` aborts; what was begun then still finishes and is reported.
   * @returns steps run
   * @throws DeviceLostError when the GPU goes away
   */
  async run(steps: number, signal?: AbortSignal): Promise<number> {
    this.#check();
    if (this.#running)
      throw new ConfigError('run', 'these networks are already running; wait for them or abort');
    this.#running = true;
    const begun = this.#step;
    const onCpu = this.#population.engine === 'cpu';
    const inFlight: Promise<void>[] = [];
    this.#pacer.start();
    try {
      for (let left = steps; left > 0 && !signal?.aborted; ) {
        const count = Math.min(left, onCpu ? cpuBatch : this.#pacer.batchSize);
        left -= count;
        const rows = this.#stream.rows(count);
        this.#begun += count;
        const batch = this.#population.run(rows).then(records => this.#deliver(records, rows));
        // It may fail before the one begun earlier, which is waited for first.
        batch.catch(() => {});
        inFlight.push(batch);
        // Two batches in flight keep a GPU busy. The CPU must yield instead.
        if (inFlight.length === 2 || onCpu) await inFlight.shift();
        if (onCpu) await nextTask();
      }
      await Promise.all(inFlight);
    } finally {
      await Promise.allSettled(inFlight);
      this.#running = false;
    }
    return this.#step - begun;
  }

  /** Calls `listener` with every batch of steps, in order. @returns a function that stops it */
  subscribe(listener: (records: PopulationRecords) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * All there is to one member, which goes on from it alone: `Trainer.resume`. Safe between and during runs: it holds
   * what was begun before the call.
   */
  async checkpoint(member: number): Promise<Checkpoint> {
    this.#check();
    const stream = this.#stream.state();
    return { settings: this.settingsOf(member), stream, state: await this.#population.state(member) };
  }

  /** All there is to all members. Safe between and during runs, as `checkpoint` is. */
  async checkpointAll(): Promise<PopulationCheckpoint> {
    this.#check();
    const step = this.#begun;
    const stream = this.#stream.state();
    return { step, stream, stateOf: await this.#population.states() };
  }

  /** A member of a checkpoint of all: as `checkpoint` would have given it then. */
  memberOf({ stream, stateOf }: PopulationCheckpoint, member: number): Checkpoint {
    return { settings: this.settingsOf(member), stream, state: stateOf(member) };
  }

  dispose(): void {
    this.#disposed = true;
    this.#listeners.clear();
    this.#population.dispose();
  }

  #deliver(records: PopulationRecords, rows: Float32Array): void {
    this.#pacer.finished(records.count);
    this.#step = records.firstStep + records.count;
    this.#measure(records, inputsOf(rows, this.settings.network.inputs));
    for (const listener of this.#listeners) listener(records);
  }

  #measure(records: PopulationRecords, input: Float32Array): void {
    if (this.#step <= this.#measured) return;
    for (const [member, measure] of this.#measures.entries())
      measure.add(stretchOf(recordsOf(records, member, input), this.#measured));
    this.#measured = this.#step;
  }

  #check(): void {
    if (this.#disposed) throw new DisposedError('These networks were disposed of; create others.');
  }
}

/** [count, 2 * inputs] to [count, inputs] */
function inputsOf(rows: Float32Array, inputs: number): Float32Array {
  const values = new Float32Array(rows.length / 2);
  for (let at = 0; at < values.length; at += inputs) values.set(rows.subarray(2 * at, 2 * at + inputs), at);
  return values;
}
