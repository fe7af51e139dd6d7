import type { NetworkConfig } from '../model/config.ts';
import type { Clock, NetworkState } from '../network.ts';
import { clockBytes, createBuffers, liveBytes, type NetworkBuffers } from './buffers.ts';
import type { GpuDevice } from './device.ts';
import type { Driver, DriverName } from './driver.ts';
import { fasterDriver } from './faster-driver.ts';
import { type Geometry, geometryFor } from './geometry.ts';
import { LoopDriver } from './loop.ts';
import { packClock } from './packing.ts';
import { compose, type Program } from './program.ts';
import type { Range } from './readback.ts';
import { StreamDriver } from './stream.ts';
import { rangeOf, type StoredValues, slotsOf, type TensorPlace, TensorTable } from './tensor-table.ts';

/** `auto` measures both, and takes the faster one. */
export type DriverRequest = 'auto' | DriverName;

export interface DriverOptions {
  /** Default: `stream`. */
  readonly driver?: DriverRequest;
  /** How work is cut; default: what suits adapter and driver. Numbers differ in the last digits between geometries. */
  readonly geometry?: Geometry;
}

/** What one network starts with. */
export interface Start {
  readonly state: NetworkState;
  /** As `packLive` gives it. */
  readonly live: ArrayBuffer;
}

/** Networks of one shape in the memory of a device, one after the other in every buffer, and what runs them. */
export class DeviceNetworks {
  readonly count: number;
  readonly program: Program;
  readonly buffers: NetworkBuffers;
  readonly tensors: TensorTable;
  readonly driver: Driver;
  readonly #device: GPUDevice;

  private constructor(
    device: GPUDevice,
    config: NetworkConfig,
    program: Program,
    buffers: NetworkBuffers,
    driver: Driver,
  ) {
    this.count = program.step.networks;
    this.program = program;
    this.buffers = buffers;
    this.tensors = new TensorTable(program, config);
    this.driver = driver;
    this.#device = device;
  }

  /** @throws OutOfMemoryError, ShaderError; FileError when a state does not fit `config` */
  static async create(
    gpu: GpuDevice,
    config: NetworkConfig,
    count: number,
    start: (network: number) => Start,
    { driver: request = 'stream', geometry }: DriverOptions,
  ): Promise<DeviceNetworks> {
    const { device, summary } = gpu;
    const programFor = (driver: DriverName) =>
      compose(config, geometry ?? geometryFor(gpu, driver), { driver, networks: count });
    const names: readonly DriverName[] = request === 'auto' ? ['stream', 'loop'] : [request];
    // Where tensors lie does not depend on how work is cut, so all drivers share the buffers.
    const buffers = await createBuffers(device, programFor(names[0]!), slotsOf(config));
    const candidates = names.map(name => {
      const program = programFor(name);
      const networks = async () => {
        const driver = await (name === 'loop' ? LoopDriver : StreamDriver).create(
          device,
          program.step,
          buffers,
        );
        return new DeviceNetworks(device, config, program, buffers, driver);
      };
      return { name, program, networks };
    });
    const fill = (networks: DeviceNetworks) => {
      for (let network = 0; network < count; network++) {
        const { state, live } = start(network);
        networks.write(network, networks.tensors.encode(state), state.clock);
        networks.apply(network, live);
      }
    };
    if (request !== 'auto') {
      const networks = await candidates[0]!.networks();
      fill(networks);
      return networks;
    }
    const networks = await fasterDriver(device, summary.name, config, candidates, fill);
    // Measuring has trained it.
    fill(networks);
    return networks;
  }

  /** Replaces all that a network remembers. */
  write(network: number, encoded: readonly StoredValues[], clock: Clock): void {
    const { queue } = this.#device;
    const encoder = this.#device.createCommandEncoder({ label: 'clear' });
    for (const store of [this.program.layout.units, this.program.layout.sparse]) {
      const { bytes } = rangeOf({ store: store.name, offset: 0, size: store.size });
      encoder.clearBuffer(this.buffers[store.name as 'units' | 'sparse'], network * bytes, bytes);
    }
    queue.submit([encoder.finish()]);
    for (const { buffer, offset, values } of encoded)
      queue.writeBuffer(this.buffers[buffer]!, network * this.#bytes(buffer) + offset, values);
    queue.writeBuffer(this.buffers.clock, network * clockBytes, packClock(clock));
  }

  /** Sets what a network goes by from now on. */
  apply(network: number, live: ArrayBuffer): void {
    this.#device.queue.writeBuffer(this.buffers.live, network * liveBytes, live);
  }

  /** Where a network's tensor is, or its gradient in a buffer of its own. */
  rangeOf(network: number, { view, buffer }: TensorPlace, gradients?: GPUBuffer): Range {
    const { offset, bytes } = rangeOf(view.region);
    return buffer === 'gradients'
      ? { buffer: gradients!, offset: network * this.#bytes('weights') + offset, bytes }
      : { buffer: this.buffers[buffer]!, offset: network * this.#bytes(buffer) + offset, bytes };
  }

  clockOf(network: number): Range {
    return { buffer: this.buffers.clock, offset: network * clockBytes, bytes: clockBytes };
  }

  /** Of one network. */
  #bytes(buffer: keyof NetworkBuffers): number {
    return this.buffers[buffer]!.size / this.count;
  }
}
