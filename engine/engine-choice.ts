import { createCpuNetwork } from './cpu/network.ts';
import { DeepHtmError, InsecureContextError, NoWebGpuError } from './errors.ts';
import { type GpuDevice, openDevice } from './gpu/device.ts';
import type { DriverRequest } from './gpu/device-networks.ts';
import type { DriverName } from './gpu/driver.ts';
import { createGpuNetwork } from './gpu/network.ts';
import type { NetworkConfig } from './model/config.ts';
import type { AdapterSummary, Network, NetworkState } from './network.ts';

export type EngineRequest = 'auto' | 'gpu' | 'cpu';

export type { DriverRequest };
export const driverRequests = ['auto', 'stream', 'loop'] as const satisfies readonly DriverRequest[];

/** Which engine runs and why; `problem` says what kept the GPU from running, if anything did. */
export interface EngineChoice {
  engine: 'gpu' | 'cpu';
  reason: 'asked' | 'hardware' | 'software-adapter' | 'unavailable';
  adapter: AdapterSummary;
  /** How a GPU takes the steps. */
  driver?: DriverName;
  problem?: { name: string; message: string };
}

/** What takes time before a network stands: finding a GPU, then compiling its shaders. */
export type EngineStage = 'adapter' | 'compiling';

/** How to make what runs on either engine. */
export interface Makers<T> {
  /** Networks of the config that the GPU has to hold. */
  networks: number;
  onCpu: () => T | Promise<T>;
  /** Takes the device over. */
  onGpu: (device: GpuDevice) => Promise<T & { readonly driver: DriverName }>;
}

/**
 * Makes something on an engine. `auto` takes a real GPU, and the CPU where there is none: a software adapter is many
 * times slower than the CPU engine.
 * @throws the GPU's errors when `gpu` was asked for and cannot be had
 */
export async function makeOnEngine<T extends { readonly adapter: AdapterSummary }>(
  request: EngineRequest,
  gpu: GPU | undefined,
  config: NetworkConfig,
  { networks, onCpu, onGpu }: Makers<T>,
  onStage: (stage: EngineStage) => void = () => {},
): Promise<{ made: T; choice: EngineChoice }> {
  const takeCpu = async (reason: EngineChoice['reason'], problem?: EngineChoice['problem']) => {
    const made = await onCpu();
    const choice: EngineChoice = { engine: 'cpu', reason, adapter: made.adapter };
    return { made, choice: problem ? { ...choice, problem } : choice };
  };
  if (request === 'cpu') return takeCpu('asked');
  try {
    onStage('adapter');
    const device = await openDevice(requireGpu(gpu), config, networks);
    if (request === 'auto' && device.summary.software) {
      device.destroy();
      const message = `The only adapter is ${device.summary.name}, a CPU that imitates a GPU.`;
      return takeCpu('software-adapter', { name: 'SoftwareAdapter', message });
    }
    onStage('compiling');
    const made = await onGpu(device);
    const reason = request === 'gpu' ? 'asked' : 'hardware';
    return { made, choice: { engine: 'gpu', reason, adapter: made.adapter, driver: made.driver } };
  } catch (error) {
    if (request === 'gpu' || !(error instanceof DeepHtmError)) throw error;
    return takeCpu('unavailable', { name: error.name, message: error.message });
  }
}

/** Puts a network on an engine. @throws as `makeOnEngine` */
export async function chooseEngine(
  request: EngineRequest,
  gpu: GPU | undefined,
  config: NetworkConfig,
  state: NetworkState,
  onStage?: (stage: EngineStage) => void,
  driver: DriverRequest = 'auto',
): Promise<{ network: Network; choice: EngineChoice }> {
  const makers: Makers<Network> = {
    networks: 1,
    onCpu: () => createCpuNetwork(config, state),
    onGpu: device => createGpuNetwork(device, config, state, { driver }),
  };
  const { made, choice } = await makeOnEngine(request, gpu, config, makers, onStage);
  return { network: made, choice };
}

function requireGpu(gpu: GPU | undefined): GPU {
  if (gpu) return gpu;
  if (globalThis.isSecureContext === false)
    throw new InsecureContextError(
      'WebGPU works only on secure pages. Open this one over https, or from localhost.',
    );
  throw new NoWebGpuError(
    'This browser has no WebGPU. Use a current Chrome, Edge, Safari or Firefox, or turn WebGPU on in its settings.',
  );
}
