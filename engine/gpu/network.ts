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
import { createBuffer, weightBytes } from './buffers.ts';
import { CallQueue } from './call-queue.ts';
import type { GpuDevice } from './device.ts';
import { DeviceNetworks, type DriverOptions } from './device-networks.ts';
import type { DriverName } from './driver.ts';
import { packLive, recordLength, unpackClock, unpackRecords } from './packing.ts';
import { readRanges } from './readback.ts';
import { StreamDriver } from './stream.ts';
import { SubmitPacer } from './submit-pacer.ts';
import type { StoredValues } from './tensor-table.ts';

/** A network that says how its steps become dispatches. */
export interface DrivenNetwork extends Network {
  readonly driver: DriverName;
}

/**
 * Puts a network on an open GPU, and takes the device over: `dispose()` destroys it, and so does a failure here.
 * @throws OutOfMemoryError, ShaderError, DeviceLostError; FileError when `state` does not fit `config`
 */
export async function createGpuNetwork(
  device: GpuDevice,
  config: NetworkConfig,
  state: NetworkState,
  options: DriverOptions = {},
): Promise<DrivenNetwork> {
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

class GpuNetwork implements DrivenNetwork {
  readonly engine = 'gpu';
  readonly adapter: AdapterSummary;
  readonly config: NetworkConfig;
  readonly lost: Promise<Error>;

  readonly #device: GpuDevice;
  readonly #networks: DeviceNetworks;
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
    networks: DeviceNetworks,
    settings: Settings,
  ) {
    this.adapter = device.summary;
    this.config = config;
    this.lost = device.lost;
    this.#device = device;
    this.#networks = networks;
    this.#noise = new InputNoise(config.inputs);
    this.#settings = settings;
    const { driver, buffers, count } = networks;
    const widths = { row: 2 * config.inputs, record: recordLength(config) };
    this.#batches = new Batches(device.device, driver, buffers.clock, count, widths);
    device.lost.then(error => this.#calls.end(error));
  }

  static async create(
    device: GpuDevice,
    config: NetworkConfig,
    state: NetworkState,
    options: DriverOptions,
  ): Promise<GpuNetwork> {
    const settings = { live: liveParameters(config), mode: { learning: true, freeRun: false } };
    const start = { state, live: packLive(settings.live, settings.mode) };
    const networks = await DeviceNetworks.create(device, config, 1, () => start, options);
    const network = new GpuNetwork(device, config, networks, settings);
    network.#step = state.clock.step;
    return network;
  }

  get driver(): DriverName {
    return this.#networks.driver.name;
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
    return this.#read(this.#networks.tensors.saved);
  }

  async restore(state: NetworkState): Promise<void> {
    const encoded = this.#networks.tensors.encode(state);
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
    this.#networks.apply(0, packLive(live, mode));
    this.#runsFree = mode.freeRun;
  }

  async #read(names: readonly string[]): Promise<NetworkState> {
    const places = names.map(name => this.#networks.tensors.find(name));
    const needsGradients = places.some(place => place.buffer === 'gradients');
    const { reading } = await this.#calls.issue(async () => {
      const gradients = needsGradients ? await this.#gradientBuffer() : undefined;
      const ranges = places.map(place => this.#networks.rangeOf(0, place, gradients?.buffer));
      const clock = this.#networks.clockOf(0);
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
    const { program, buffers } = this.#networks;
    this.#gradient ??= StreamDriver.create(device, program.gradient, buffers);
    const driver = await this.#gradient;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    const buffer = await createBuffer(device, 'gradients', weightBytes(program), usage);
    const group = driver.bind('gradients', [buffer]);
    return { buffer, encode: encoder => driver.encode(encoder, group, 1) };
  }

  /** Makes the last prediction again: exactly the one of free run, whose weights do not move. */
  async #recallPrediction(): Promise<void> {
    const { device } = this.#device;
    const { program, buffers } = this.#networks;
    this.#recall ??= StreamDriver.create(device, program.recall, buffers);
    const driver = await this.#recall;
    const encoder = device.createCommandEncoder({ label: 'recall' });
    driver.encode(encoder, driver.bind('recall', []), 1);
    device.queue.submit([encoder.finish()]);
  }

  #write(encoded: readonly StoredValues[], clock: Clock): void {
    this.#networks.write(0, encoded, clock);
    this.#step = clock.step;
    this.#predicted = false;
  }
}
