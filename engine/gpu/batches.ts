import { clockBytes } from './buffers.ts';
import type { Driver } from './driver.ts';
import { mapped } from './readback.ts';

/** One batch runs, one waits behind it, and one is being read. */
const mostInFlight = 3;

/** `row` in `Clock`, shaders/network.wgsl. */
const clockRowOffset = 16;

/** Where the records of a batch arrive. */
interface Staging {
  buffer: GPUBuffer | undefined;
  /** Resolves when its last batch was read, or failed. */
  free: Promise<unknown>;
}

/** Feeds batches of steps to the GPU and reads their records, a few in flight. */
export class Batches {
  readonly #device: GPUDevice;
  readonly #driver: Driver;
  readonly #clock: GPUBuffer;
  readonly #networks: number;
  /** Bytes of a step, of all networks. */
  readonly #rowBytes: number;
  readonly #recordBytes: number;
  readonly #stagings: Staging[];
  #next = 0;
  /** Rows in and records out, for so many steps. */
  #capacity = 0;
  #rows: GPUBuffer | undefined;
  #records: GPUBuffer | undefined;
  #group: GPUBindGroup | undefined;

  constructor(
    device: GPUDevice,
    driver: Driver,
    clock: GPUBuffer,
    networks: number,
    /** Floats of one network's step. */
    widths: { readonly row: number; readonly record: number },
  ) {
    this.#device = device;
    this.#driver = driver;
    this.#clock = clock;
    this.#networks = networks;
    this.#rowBytes = 4 * networks * widths.row;
    this.#recordBytes = 4 * networks * widths.record;
    this.#stagings = Array.from({ length: mostInFlight }, () => ({
      buffer: undefined,
      free: Promise.resolve(),
    }));
  }

  /**
   * Submits steps, once fewer than three batches are in flight.
   * @returns their records, which come when the GPU is through
   */
  async submit(rows: Float32Array<ArrayBuffer>, steps: number): Promise<{ records: Promise<Float32Array> }> {
    const staging = this.#stagings[this.#next++ % mostInFlight]!;
    await staging.free;
    this.#fit(steps);
    const bytes = steps * this.#recordBytes;
    const target = this.#fitStaging(staging, bytes);
    const { queue } = this.#device;
    queue.writeBuffer(this.#rows!, 0, rows);
    const encoder = this.#device.createCommandEncoder({ label: `${steps} steps` });
    for (let network = 0; network < this.#networks; network++)
      encoder.clearBuffer(this.#clock, network * clockBytes + clockRowOffset, 4);
    this.#driver.encode(encoder, this.#group!, steps);
    encoder.copyBufferToBuffer(this.#records!, 0, target, 0, bytes);
    queue.submit([encoder.finish()]);
    const records = mapped(this.#device, target, bytes);
    staging.free = records.catch(() => undefined);
    return { records };
  }

  /** One pair of buffers serves all batches, because the GPU takes them one after the other. */
  #fit(steps: number): void {
    if (steps <= this.#capacity) return;
    this.#rows?.destroy();
    this.#records?.destroy();
    this.#capacity = 2 ** Math.ceil(Math.log2(steps));
    this.#rows = this.#device.createBuffer({
      label: 'rows',
      size: this.#capacity * this.#rowBytes,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
    this.#records = this.#device.createBuffer({
      label: 'records',
      size: this.#capacity * this.#recordBytes,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    this.#group = this.#driver.bind('batch', [this.#rows, this.#records]);
  }

  #fitStaging(staging: Staging, bytes: number): GPUBuffer {
    if (!staging.buffer || staging.buffer.size < bytes) {
      staging.buffer?.destroy();
      staging.buffer = this.#device.createBuffer({
        label: 'records staging',
        size: this.#capacity * this.#recordBytes,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      });
    }
    return staging.buffer;
  }

  destroy(): void {
    this.#rows?.destroy();
    this.#records?.destroy();
    for (const { buffer } of this.#stagings) buffer?.destroy();
  }
}
