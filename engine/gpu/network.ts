import { ConfigError, DisposedError } from '../errors.ts';
import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import { InputNoise } from '../model/input-noise.ts';
import { liveParameters } from '../model/settings.ts';
import type {
  AdapterSummary,
  Clock,
  LiveParameters,
  Mode,
  Network,
  NetworkState,
  StepRecords,
} from '../network.ts';
import { Batches } from './batches.ts';
import { clockBytes, createBuffer, createBuffers, type NetworkBuffers, weightBytes } from './buffers.ts';
import { CallQueue } from './call-queue.ts';
import type { GpuDevice } from './device.ts';
import { type Geometry, geometryFor } from './geometry.ts';
import { packClock, packLive, recordLength, unpackClock, unpackRecords } from './packing.ts';
import { compose, type Program } from './program.ts';
import { readRanges } from './readback.ts';
import { StreamDriver } from './stream.ts';
import { SubmitPacer } from './submit-pacer.ts';
import { rangeOf, type StoredValues, slotsOf, TensorTable } from './tensor-table.ts';

export interface GpuNetworkOptions {
  /** How work is cut; default: what suits the adapter. Numbers differ in the last digits between geometries. */
  readonly geometry?: Geometry;
}

/**
 * Puts a network on an open GPU, and takes the device over: `dispose()` destroys it, and so does a failure here.
 * @throws OutOfMemoryError, ShaderError, DeviceLostError; FileError when `state` does not fit `config`
 */
export async function createGpuNetwork(
  device: GpuDevice,
  config: NetworkConfig,
  state: NetworkState,
  options: GpuNetworkOptions = {},
): Promise<Network> {
  const lost = device.lost.then((error): never => {
    throw error;
  });
  try {
    return await Promise.race([GpuNetwork.create(device, config, state, options), lost]);
  } catch (error) {
    device.destroy();
    throw error;
  }
}

/** What the steps of later runs go by. */
interface Settings {
  readonly live: LiveParameters;
  readonly mode: Mode;
}

class GpuNetwork implements Network {
  readonly engine = 'gpu';
  readonly adapter: AdapterSummary;
  readonly config: NetworkConfig;
  readonly lost: Promise<Error>;

  readonly #device: GpuDevice;
  readonly #program: Program;
  readonly #buffers: NetworkBuffers;
  readonly #tensors: TensorTable;
  readonly #batches: Batches;
  readonly #noise: InputNoise;
  readonly #pacer = new SubmitPacer();
  readonly #calls = new CallQueue();
  /** As the last call left them; the GPU's follow in turn. */
  #settings: Settings;
  /** Whether steps submitted from now on run free. */
  #runsFree = false;
  /** Steps submitted. */
  #step = 0;
  /** Whether the last prediction is there, to run free on. */
  #predicted = false;
  /** Compiled when gradients are first read. */
  #gradient: Promise<StreamDriver> | undefined;
  /** Compiled when free run has to begin without a step before it. */
  #recall: Promise<StreamDriver> | undefined;

  private constructor(
    device: GpuDevice,
    config: NetworkConfig,
    program: Program,
    buffers: NetworkBuffers,
    driver: StreamDriver,
  ) {
    this.adapter = device.summary;
    this.config = config;
    this.lost = device.lost;
    this.#device = device;
    this.#program = program;
    this.#buffers = buffers;
    this.#tensors = new TensorTable(program, config);
    this.#noise = new InputNoise(config.inputs);
    this.#settings = { live: liveParameters(config), mode: { learning: true, freeRun: false } };
    const widths = { row: 2 * config.inputs, record: recordLength(config) };
    this.#batches = new Batches(device.device, driver, buffers.clock, widths);
    device.lost.then(error => this.#calls.end(error));
  }

  static async create(
    device: GpuDevice,
    config: NetworkConfig,
    state: NetworkState,
    { geometry = geometryFor(device.summary) }: GpuNetworkOptions,
  ): Promise<GpuNetwork> {
    const program = compose(config, geometry);
    const encoded = new TensorTable(program, config).encode(state);
    const buffers = await createBuffers(device.device, program, slotsOf(config));
    const driver = await StreamDriver.create(device.device, program.step, buffers);
    const network = new GpuNetwork(device, config, program, buffers, driver);
    network.#write(encoded, state.clock);
    network.#apply(network.#settings);
    return network;
  }

  async run(rows: Float32Array): Promise<StepRecords> {
    const { config } = this;
    const width = 2 * config.inputs;
    const count = rows.length / width;
    if (!Number.isInteger(count))
      throw new ConfigError(
        'rows',
        `give ${width} numbers a step, the input and the target, not ${rows.length} in all`,
      );
    // The caller may use its array again while this waits for its turn.
    const own = rows.slice();
    const { live, mode } = this.#settings;
    const { firstStep, batches } = await this.#calls.issue(async () => {
      const firstStep = this.#step;
      if (mode.learning && !mode.freeRun) this.#noise.addTo(own, firstStep, live);
      const batches: Promise<Float32Array>[] = [];
      if (this.#runsFree && !this.#predicted) await this.#recallPrediction();
      for (let at = 0; at < count; ) {
        const steps = Math.min(this.#pacer.steps, count - at);
        const { records } = await this.#batches.submit(own.subarray(at * width, (at + steps) * width), steps);
        this.#pacer.watch(steps, records);
        batches.push(records);
        at += steps;
      }
      this.#step += count;
      this.#predicted ||= count > 0;
      return { firstStep, batches };
    });
    const records = await this.#calls.unlessEnded(Promise.all(batches));
    const { fault } = this.#device;
    if (fault) throw new Error(`The GPU refused a command, which is a defect of DeepHTM: ${fault.message}`);
    return unpackRecords(config, firstStep, records);
  }

  setLive(values: Partial<LiveParameters>): void {
    const live = { ...this.#settings.live, ...values };
    parseNetwork({ ...this.config, ...live });
    this.#change({ ...this.#settings, live });
  }

  setMode(mode: Partial<Mode>): void {
    this.#change({ ...this.#settings, mode: { ...this.#settings.mode, ...mode } });
  }

  async read(names: readonly string[]): Promise<Map<string, Float32Array>> {
    return (await this.#read(names)).tensors;
  }

  async state(): Promise<NetworkState> {
    return this.#read(this.#tensors.saved);
  }

  async restore(state: NetworkState): Promise<void> {
    const encoded = this.#tensors.encode(state);
    const clock = { ...state.clock };
    await this.#calls.issue(() => this.#write(encoded, clock));
  }

  dispose(): void {
    this.#calls.end(new DisposedError('This network was disposed of; create another.'));
    this.#device.destroy();
  }

  #change(settings: Settings): void {
    this.#calls.check();
    this.#settings = settings;
    // Nobody waits for this; a network that ends before says so at the next call.
    this.#calls.issue(() => this.#apply(settings)).catch(() => {});
  }

  #apply({ live, mode }: Settings): void {
    this.#device.device.queue.writeBuffer(this.#buffers.live, 0, packLive(live, mode));
    this.#runsFree = mode.freeRun;
  }

  async #read(names: readonly string[]): Promise<NetworkState> {
    const places = names.map(name => this.#tensors.find(name));
    const needsGradients = places.some(place => place.buffer === 'gradients');
    const { reading } = await this.#calls.issue(async () => {
      const gradients = needsGradients ? await this.#gradientBuffer() : undefined;
      const ranges = places.map(({ view, buffer }) => ({
        buffer: buffer === 'gradients' ? gradients!.buffer : this.#buffers[buffer]!,
        ...rangeOf(view.region),
      }));
      const clock = { buffer: this.#buffers.clock, offset: 0, bytes: clockBytes };
      const reading = readRanges(this.#device.device, [...ranges, clock], gradients?.encode);
      reading.finally(() => gradients?.buffer.destroy()).catch(() => {});
      return { reading };
    });
    const stored = await this.#calls.unlessEnded(reading);
    return {
      tensors: new Map(names.map((name, i) => [name, places[i]!.view.decode(stored[i]!)])),
      clock: unpackClock(stored[names.length]!),
    };
  }

  /** Where the gradients of the last step go for one reading. They take as much room as the weights, so they do not stay. */
  async #gradientBuffer(): Promise<{ buffer: GPUBuffer; encode: (encoder: GPUCommandEncoder) => void }> {
    const { device } = this.#device;
    this.#gradient ??= StreamDriver.create(device, this.#program.gradient, this.#buffers);
    const driver = await this.#gradient;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    const buffer = await createBuffer(device, 'gradients', weightBytes(this.#program), usage);
    const group = driver.bind('gradients', [buffer]);
    return { buffer, encode: encoder => driver.encode(encoder, group, 1) };
  }

  /** Makes the last prediction again: exactly the one of free run, whose weights do not move. */
  async #recallPrediction(): Promise<void> {
    const { device } = this.#device;
    this.#recall ??= StreamDriver.create(device, this.#program.recall, this.#buffers);
    const driver = await this.#recall;
    const encoder = device.createCommandEncoder({ label: 'recall' });
    driver.encode(encoder, driver.bind('recall', []), 1);
    device.queue.submit([encoder.finish()]);
  }

  #write(encoded: readonly StoredValues[], clock: Clock): void {
    const { device } = this.#device;
    const encoder = device.createCommandEncoder({ label: 'clear' });
    encoder.clearBuffer(this.#buffers.units);
    encoder.clearBuffer(this.#buffers.sparse);
    device.queue.submit([encoder.finish()]);
    for (const { buffer, offset, values } of encoded)
      device.queue.writeBuffer(this.#buffers[buffer]!, offset, values);
    device.queue.writeBuffer(this.#buffers.clock, 0, packClock(clock));
    this.#step = clock.step;
    this.#predicted = false;
  }
}
