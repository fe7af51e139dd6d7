import { DeviceLostError, NoAdapterError, OutOfMemoryError } from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
import { megabytes } from '../model/room.ts';
import type { AdapterSummary } from '../network.ts';
import { remedyFor, weightBytes } from './buffers.ts';
import { softwareGeometry } from './geometry.ts';
import { compose } from './program.ts';

const softwareAdapters = /swiftshader|llvmpipe|lavapipe|\bWARP\b|basic render/i;

/** A GPU that is open, and what became of it. */
export class GpuDevice {
  readonly device: GPUDevice;
  readonly summary: AdapterSummary;
  /** Resolves when the device is lost, but not when `destroy` ends it. */
  readonly lost: Promise<DeviceLostError>;
  #destroyed = false;
  #fault: Error | undefined;

  constructor(device: GPUDevice, summary: AdapterSummary) {
    this.device = device;
    this.summary = summary;
    this.lost = new Promise(resolve => {
      device.lost.then(({ reason, message }) => {
        if (!this.#destroyed)
          resolve(
            new DeviceLostError(
              `The GPU (${summary.name}) went away: ${message || reason}. Open it again, or use the CPU engine.`,
              reason,
            ),
          );
      });
    });
    device.addEventListener('uncapturederror', event => {
      this.#fault ??= event.error as unknown as Error;
    });
  }

  /** Neighbouring lanes of a workgroup that surely are in one subgroup; 1 without subgroups. */
  get subgroupLanes(): number {
    return this.device.features.has('subgroups') ? this.device.adapterInfo.subgroupMinSize : 1;
  }

  /** The first error that nobody waited for: a defect of this program. */
  get fault(): { readonly message: string } | undefined {
    return this.#fault;
  }

  destroy(): void {
    this.#destroyed = true;
    this.device.destroy();
  }
}

/**
 * Opens the best adapter, with limits that are enough for so many networks of `config`.
 * @throws NoAdapterError when there is none, or the browser fails to look for one
 * @throws OutOfMemoryError when the adapter's buffers are too small for the networks
 */
export async function openDevice(gpu: GPU, config?: NetworkConfig, networks = 1): Promise<GpuDevice> {
  const adapter = await requestAdapter(gpu);
  const summary = summarise(adapter);
  const requiredLimits: Record<string, number> = {};
  const bytes = config ? weightBytes(compose(config, softwareGeometry, { networks })) : 0;
  for (const limit of ['maxStorageBufferBindingSize', 'maxBufferSize'] as const) {
    if (bytes > adapter.limits[limit])
      throw new OutOfMemoryError(
        `The weights take ${megabytes(bytes)}, and ${summary.name} holds ${megabytes(adapter.limits[limit])} in one buffer. ${remedyFor(networks)}`,
      );
    // More than the default only where it is needed, as WebGPU asks.
    if (bytes > defaultLimits[limit]) requiredLimits[limit] = bytes;
  }
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({
      label: 'DeepHTM',
      requiredLimits,
      requiredFeatures: numbersSubgroups(gpu) && adapter.features.has('subgroups') ? ['subgroups'] : [],
    });
  } catch (cause) {
    throw new NoAdapterError(
      `The GPU (${summary.name}) cannot be opened: ${messageOf(cause)}. Close other pages that use it, or use the CPU engine.`,
      { cause },
    );
  }
  return new GpuDevice(device, summary);
}

/** Whether shaders can know their subgroup's number, and so which lanes are together: WebGPU does not say that neighbours are. */
const numbersSubgroups = (gpu: GPU): boolean => gpu.wgslLanguageFeatures?.has('subgroup_id') ?? false;

/** What WebGPU promises on every adapter. */
const defaultLimits = { maxStorageBufferBindingSize: 2 ** 27, maxBufferSize: 2 ** 28 };

async function requestAdapter(gpu: GPU): Promise<GPUAdapter> {
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch (cause) {
    throw new NoAdapterError(
      `WebGPU failed while it looked for a GPU: ${messageOf(cause)}. Update the browser and the graphics driver, or use the CPU engine.`,
      { cause },
    );
  }
  if (adapter) return adapter;
  throw new NoAdapterError(
    'WebGPU found no GPU. Turn hardware acceleration on, update the graphics driver, or use the CPU engine; after a crash, wait ten seconds and reload.',
  );
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

function summarise({ info }: GPUAdapter): AdapterSummary {
  const { vendor, architecture, description, device } = info;
  const names = [description, device, [vendor, architecture].filter(Boolean).join(' ')];
  // Firefox tells nothing of it.
  const name = names.find(Boolean) ?? 'unnamed';
  return {
    name,
    vendor,
    architecture,
    software: info.isFallbackAdapter || softwareAdapters.test([...names].join(' ')),
  };
}
