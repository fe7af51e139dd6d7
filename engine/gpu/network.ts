import { ConfigError, DisposedError } from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
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
import type { GpuDevice } from './device.ts';
import { geometryFor } from './geometry.ts';
import { packClock, packLive, recordLength, unpackClock, unpackRecords } from './packing.ts';
import { compose, type Program } from './program.ts';
import { readRanges } from './readback.ts';
import { StreamDriver } from './stream.ts';
import { SubmitPacer } from './submit-pacer.ts';
import { rangeOf, type StoredValues, slotsOf, TensorTable } from './tensor-table.ts';

/**
 * Puts a network on an open GPU, and takes the device over: `dispose()` destroys it, and so does a failure here.
 * @throws OutOfMemoryError, ShaderError, DeviceLostError; FileError when `state` does not fit `config`
 */
export async function createGpuNetwork(
  device: GpuDevice,
  config: NetworkConfig,
  state: NetworkState,
): Promise<Network> {
  try {
    return await Promise.race([GpuNetwork.create(device, config, state), device.lost.then(fail)]);
  } catch (error) {
    device.destroy();
    throw error;
  }
}

const fail = (error: Error): never => {
  throw error;
};

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
  readonly #pacer = new SubmitPacer();
  readonly #live: LiveParameters;
  readonly #mode: Mode = { learning: true, freeRun: false };
  /** Compiled when a gradient is first read. */
  #gradient: Promise<StreamDriver> | undefined;
  /** Steps submitted. */
  #step = 0;
  /** Calls take effect one after the other; this is when the last of them has. */
  #issued: Promise<unknown> = Promise.resolve();
  /** Why nothing more will come: disposed, or lost. `#ended` rejects with it. */
  #endedBy: Error | undefined;
  readonly #ended: Promise<never>;
  #rejectAll: (error: Error) => void = () => {};

  private constructor(
    device: GpuDevice,
    config: NetworkConfig,
    program: Program,
    buffers: NetworkBuffers,
    driver: StreamDriver,
  ) {
    this.#device = device;
    this.adapter = device.summary;
    this.lost = device.lost;
    this.config = config;
    this.#live = { ...config };
    this.#program = program;
    this.#buffers = buffers;
    this.#tensors = new TensorTable(program, config);
    this.#batches = new Batches(
      device.device,
      driver,
      buffers.clock,
      2 * config.inputs,
      recordLength(config),
    );
    this.#ended = new Promise((_, reject) => {
      this.#rejectAll = reject;
    });
    this.#ended.catch(() => {});
    device.lost.then(error => this.#end(error));
  }

  static async create(device: GpuDevice, config: NetworkConfig, state: NetworkState): Promise<GpuNetwork> {
    const program = compose(config, geometryFor(device.summary));
    const encoded = new TensorTable(program, config).encode(state);
    const buffers = await createBuffers(device.device, program, slotsOf(config));
    const driver = await StreamDriver.create(device.device, program.step, buffers, [
      'read-only-storage',
      'storage',
    ]);
    const network = new GpuNetwork(device, config, program, buffers, driver);
    network.#write(encoded, state.clock);
    network.#writeLive();
    return network;
  }

  async run(rows: Float32Array): Promise<StepRecords> {
    const { config } = this;
    const width = 2 * config.inputs;
    const count = rows.length / width;
    if (!Number.isInteger(count))
      throw new ConfigError(
        'rows',
        `${rows.length} values are no whole number of rows of ${width}: input, then target`,
      );
    // The caller may use its array again while this waits for its turn.
    const own = rows.slice();
    const { firstStep, batches } = await this.#issue(async () => {
      const firstStep = this.#step;
      const batches: Promise<Float32Array>[] = [];
      for (let at = 0; at < count; ) {
        const steps = Math.min(this.#pacer.steps, count - at);
        const { records } = await this.#batches.submit(own.subarray(at * width, (at + steps) * width), steps);
        this.#pacer.watch(steps, records);
        batches.push(records);
        this.#step += steps;
        at += steps;
      }
      return { firstStep, batches };
    });
    const records = await this.#unlessEnded(Promise.all(batches));
    const { fault } = this.#device;
    if (fault) throw new Error(`The GPU refused a command, which is a defect of DeepHTM: ${fault.message}`);
    return unpackRecords(config, firstStep, records);
  }

  setLive(values: Partial<LiveParameters>): void {
    this.#whenIssued(() => Object.assign(this.#live, values));
  }

  setMode(mode: Partial<Mode>): void {
    this.#whenIssued(() => Object.assign(this.#mode, mode));
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
    await this.#issue(() => this.#write(encoded, clock));
  }

  dispose(): void {
    if (this.#endedBy instanceof DisposedError) return;
    this.#end(new DisposedError('This network was disposed; create a new one.'));
    this.#device.destroy();
  }

  /** Does something when all earlier calls have taken effect. */
  #issue<T>(effect: () => T | Promise<T>): Promise<T> {
    const issued = this.#issued.then(() => {
      if (this.#endedBy) throw this.#endedBy;
      return effect();
    });
    this.#issued = issued.catch(() => {});
    return this.#unlessEnded(issued);
  }

  #whenIssued(change: () => void): void {
    // Nobody waits for this; a network that ended says so at the next call that answers.
    this.#issue(() => {
      change();
      this.#writeLive();
    }).catch(() => {});
  }

  async #unlessEnded<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.#ended]);
    } catch (error) {
      // What fails because the network ended, fails by the reason of that.
      throw this.#endedBy ?? error;
    }
  }

  #end(error: Error): void {
    this.#endedBy ??= error;
    this.#rejectAll(error);
  }

  async #read(names: readonly string[]): Promise<NetworkState> {
    const places = names.map(name => this.#tensors.find(name));
    const needsGradients = places.some(place => place.buffer === 'gradients');
    const { reading } = await this.#issue(async () => {
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
    const stored = await this.#unlessEnded(reading);
    return {
      tensors: new Map(names.map((name, i) => [name, places[i]!.view.decode(stored[i]!)])),
      clock: unpackClock(stored[names.length]!),
    };
  }

  /** Where the gradients of the last step go for one reading. They take as much room as the weights, so they do not stay. */
  async #gradientBuffer(): Promise<{ buffer: GPUBuffer; encode: (encoder: GPUCommandEncoder) => void }> {
    const { device } = this.#device;
    this.#gradient ??= StreamDriver.create(device, this.#program.gradient, this.#buffers, ['storage']);
    const driver = await this.#gradient;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    const buffer = await createBuffer(device, 'gradients', weightBytes(this.#program), usage);
    const group = driver.bind('gradients', [buffer]);
    return { buffer, encode: encoder => driver.encode(encoder, group, 1) };
  }

  #write(encoded: readonly StoredValues[], clock: Clock): void {
    const { queue } = this.#device.device;
    for (const { buffer, offset, values } of encoded)
      queue.writeBuffer(this.#buffers[buffer]!, offset, values);
    queue.writeBuffer(this.#buffers.clock, 0, packClock(clock));
    this.#step = clock.step;
  }

  #writeLive(): void {
    this.#device.device.queue.writeBuffer(this.#buffers.live, 0, packLive(this.#live, this.#mode));
  }
}
