import { ConfigError, DisposedError } from '../errors.ts';
import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import { InputNoise } from '../model/input-noise.ts';
import { liveParameters } from '../model/settings.ts';
import { checkState } from '../model/state-check.ts';
import type {
  AdapterSummary,
  FloatArray,
  LiveParameters,
  Mode,
  Network,
  NetworkState,
  StepRecords,
} from '../network.ts';
import { wasmWorkspace } from '../wasm/workspace.ts';
import { buildGraph, type Graph } from './graph.ts';
import type { ReadableTensor, StepContext } from './layer.ts';
import { normalisedScale } from './normalised-step.ts';
import { plainWorkspace } from './plain-workspace.ts';
import { scheduledRate } from './schedule.ts';
import { allocator, assign } from './vector.ts';
import type { Workspace } from './workspace.ts';

/**
 * A network on one CPU core, ready to run, in the state given.
 *
 * `precision` is that of storage; sums are float64 always. A float64 network is for tests: it is slower, and its arrays
 * are Float64Arrays.
 *
 * @throws FileError when `state` does not fit `config`, OutOfMemoryError
 */
export function createCpuNetwork(
  config: NetworkConfig,
  state: NetworkState<FloatArray>,
  options?: { precision?: 'float32'; loops?: 'webassembly' | 'typescript' },
): Network;
export function createCpuNetwork(
  config: NetworkConfig,
  state: NetworkState<FloatArray>,
  options: { precision: 'float64' },
): Network<Float64Array>;
export function createCpuNetwork(
  config: NetworkConfig,
  state: NetworkState<FloatArray>,
  options: { precision?: 'float32' | 'float64'; loops?: 'webassembly' | 'typescript' } = {},
): Network | Network<Float64Array> {
  if (options.precision === 'float64')
    return new CpuNetwork(config, state, allocator(Float64Array), plainWorkspace(Float64Array));
  const workspace =
    options.loops === 'typescript' ? null : wasmWorkspace(measured => buildGraph(config, measured));
  return new CpuNetwork(config, state, allocator(Float32Array), workspace ?? plainWorkspace(Float32Array));
}

class CpuNetwork<A extends FloatArray> implements Network<A> {
  readonly engine = 'cpu';
  readonly adapter: AdapterSummary = { name: 'CPU', vendor: '', architecture: '', software: true };
  readonly config: NetworkConfig;
  readonly lost: Promise<Error> = new Promise(() => {});

  private readonly allocate: (length: number) => A;
  private readonly graph: Graph;
  private readonly tensors: ReadonlyMap<string, ReadableTensor>;
  private readonly context: StepContext;
  private readonly noise: InputNoise;
  private mode: Mode = { learning: true, freeRun: false };
  /** Of the last step, [inputs]. */
  private readonly target: A;
  /** Whether the gradients are those of the last step; a step that does not learn leaves them to who asks. */
  private gradientsKnown = true;
  private disposed = false;

  constructor(
    config: NetworkConfig,
    state: NetworkState<FloatArray>,
    allocate: (length: number) => A,
    workspace: Workspace,
  ) {
    this.config = config;
    this.allocate = allocate;
    this.graph = buildGraph(config, workspace);
    this.noise = new InputNoise(config.inputs);
    this.target = allocate(config.inputs);
    this.tensors = new Map([...this.graph.stored, ...this.graph.observed].map(t => [t.name, t]));
    this.context = {
      live: liveParameters(config),
      learning: true,
      clock: { step: 0, updates: 0, correction1: 0, correction2: 0 },
      rate: 0,
      stepScale: 1,
    };
    checkState(config, state);
    this.load(state);
  }

  async run(rows: Float32Array): Promise<StepRecords<A>> {
    this.refuseWhenDisposed();
    const { inputs, winners } = this.config;
    if (rows.length % (2 * inputs) !== 0)
      throw new ConfigError(
        'rows',
        `give ${2 * inputs} numbers a step, the input and the target, not ${rows.length}`,
      );
    const count = rows.length / (2 * inputs);
    const records: StepRecords<A> = {
      firstStep: this.context.clock.step,
      count,
      input: this.allocate(count * inputs),
      target: this.allocate(count * inputs),
      prediction: this.allocate(count * inputs),
      loss: this.allocate(count),
      bursting: new Uint32Array(count),
      winners: new Uint32Array(count * winners),
    };
    const given = this.mode.learning && !this.mode.freeRun ? this.withNoise(rows) : rows;
    for (let row = 0; row < count; row++) this.step(given, row, records);
    return records;
  }

  private withNoise(rows: Float32Array): Float32Array {
    const noisy = rows.slice();
    this.noise.addTo(noisy, this.context.clock.step, this.context.live);
    return noisy;
  }

  /** One step of model.md: all of it, in order. */
  private step(rows: Float32Array, row: number, records: StepRecords<A>): void {
    const { graph, context, mode } = this;
    context.learning = mode.learning && !mode.freeRun;
    if (context.learning) {
      advance(context);
      graph.history?.begin(context);
    }
    graph.turnOver();
    this.present(rows, row, records);
    for (const layer of graph.layers) layer.forward(context);
    this.record(row, records);
    this.gradientsKnown = context.learning;
    if (context.learning) {
      this.backward();
      if (this.config.optimizer === 'normalised')
        context.stepScale = normalisedScale(graph.fast, graph.output.gradient, context.live, graph.kernels);
      for (const layer of graph.layers) layer.update(context);
      if (graph.history) graph.history.done++;
    }
    context.clock.step++;
  }

  /** Gives the network its input: the stream's, or in free run the last prediction. */
  private present(rows: Float32Array, row: number, records: StepRecords<A>): void {
    const { inputs } = this.config;
    const { input, output, reach } = this.graph;
    for (let i = 0; i < inputs; i++) {
      const at = row * inputs + i;
      const given = rows[2 * row * inputs + i]!;
      if (reach && this.context.learning) reach[i] = Math.max(reach[i]!, Math.abs(given));
      records.input[at] = this.mode.freeRun ? withinReach(output.value.values[i]!, reach?.[i]) : given;
      this.target[i] = rows[(2 * row + 1) * inputs + i]!;
      records.target[at] = this.target[i]!;
      input.value.values[i] = records.input[at]!;
    }
    assign(input.value, input.value.values);
  }

  private record(row: number, records: StepRecords<A>): void {
    const { inputs } = this.config;
    const { output, competition, gate } = this.graph;
    let sum = 0;
    for (let i = 0; i < inputs; i++) {
      const prediction = output.value.values[i]!;
      const at = row * inputs + i;
      records.prediction[at] = prediction;
      sum += (prediction - this.target[i]!) ** 2;
    }
    records.loss[row] = sum / inputs;
    records.bursting[row] = gate.bursting;
    const { winners } = competition;
    for (let rank = 0; rank < winners.length; rank++)
      records.winners[row * winners.length + rank] = winners[rank]!;
  }

  private backward(): void {
    const { layers, output } = this.graph;
    const { inputs } = this.config;
    const { errorClip } = this.context.live;
    this.graph.clearGradients();
    const { values, support } = output.gradient;
    for (let i = 0; i < inputs; i++) {
      const error = (2 * (output.value.values[i]! - this.target[i]!)) / inputs;
      values[i] = errorClip > 0 ? Math.max(-errorClip, Math.min(errorClip, error)) : error;
      support[i] = i;
    }
    output.gradient.count = inputs;
    for (let i = layers.length - 1; i >= 0; i--) layers[i]!.backward(this.context);
    this.gradientsKnown = true;
  }

  setLive(values: Partial<LiveParameters>): void {
    this.refuseWhenDisposed();
    this.graph.settle();
    Object.assign(
      this.context.live,
      liveParameters(parseNetwork({ ...this.config, ...this.context.live, ...values })),
    );
  }

  setMode(mode: Partial<Mode>): void {
    this.refuseWhenDisposed();
    this.mode = { ...this.mode, ...mode };
  }

  async read(names: readonly string[]): Promise<Map<string, A>> {
    this.refuseWhenDisposed();
    const tensors = names.map(name => {
      const tensor = this.tensors.get(name);
      if (!tensor) throw new ConfigError(name, 'this network has no tensor of this name');
      return tensor;
    });
    if (!this.gradientsKnown && names.some(name => name.startsWith('gradient.'))) this.backward();
    return this.copy(tensors);
  }

  async state(): Promise<NetworkState<A>> {
    this.refuseWhenDisposed();
    return { tensors: this.copy(this.graph.stored), clock: { ...this.context.clock } };
  }

  async restore(state: NetworkState<FloatArray>): Promise<void> {
    this.refuseWhenDisposed();
    checkState(this.config, state);
    this.load(state);
  }

  dispose(): void {
    this.disposed = true;
  }

  private load(state: NetworkState<FloatArray>): void {
    this.graph.clear();
    for (const tensor of this.graph.stored) tensor.write(state.tensors.get(tensor.name)!);
    Object.assign(this.context.clock, state.clock);
    this.gradientsKnown = true;
    // Free run starts from the last prediction. Weights that have not moved since, as in free run itself, make it again.
    for (const layer of this.graph.decoder) layer.forward(this.context);
  }

  private copy(tensors: readonly ReadableTensor[]): Map<string, A> {
    return new Map(
      tensors.map(tensor => {
        const values = this.allocate(tensor.length);
        tensor.read(values);
        return [tensor.name, values];
      }),
    );
  }

  private refuseWhenDisposed(): void {
    if (this.disposed) throw new DisposedError('This network was disposed of; create another.');
  }
}

/** What a dream feeds back: a prediction that adds to its input could otherwise grow without end. */
const withinReach = (value: number, reach: number | undefined): number =>
  reach === undefined ? value : Math.max(-reach, Math.min(reach, value));

/** Counts a learning step, before it runs, and sets its rate. */
function advance(context: StepContext): void {
  const { clock, live } = context;
  clock.updates++;
  clock.correction1 += (1 - clock.correction1) * (1 - live.beta1);
  clock.correction2 += (1 - clock.correction2) * (1 - live.beta2);
  context.rate = scheduledRate(live, clock.updates);
}
