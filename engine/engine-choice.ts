import { createCpuNetwork } from './cpu/network.ts';
import { DeepHtmError, InsecureContextError, NoWebGpuError } from './errors.ts';
import { openDevice } from './gpu/device.ts';
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

/**
 * Puts a network on an engine. `auto` takes a real GPU, and the CPU where there is none: a software adapter is many
 * times slower than the CPU engine.
 * @throws the GPU's errors when `gpu` was asked for and cannot be had
 */
export async function chooseEngine(
  request: EngineRequest,
  gpu: GPU | undefined,
  config: NetworkConfig,
  state: NetworkState,
  onStage: (stage: EngineStage) => void = () => {},
  driver: DriverRequest = 'auto',
): Promise<{ network: Network; choice: EngineChoice }> {
  const onCpu = (reason: EngineChoice['reason'], problem?: EngineChoice['problem']) => {
    const network = createCpuNetwork(config, state);
    const choice: EngineChoice = { engine: 'cpu', reason, adapter: network.adapter };
    return { network, choice: problem ? { ...choice, problem } : choice };
  };
  if (request === 'cpu') return onCpu('asked');
  try {
    onStage('adapter');
    const device = await openDevice(requireGpu(gpu), config);
    if (request === 'auto' && device.summary.software) {
      device.destroy();
      const message = `The only adapter is ${device.summary.name}, a CPU that imitates a GPU.`;
      return onCpu('software-adapter', { name: 'SoftwareAdapter', message });
    }
    onStage('compiling');
    const network = await createGpuNetwork(device, config, state, { driver });
    const reason = request === 'gpu' ? 'asked' : 'hardware';
    return {
      network,
      choice: { engine: 'gpu', reason, adapter: network.adapter, driver: network.driver },
    };
  } catch (error) {
    if (request === 'gpu' || !(error instanceof DeepHtmError)) throw error;
    return onCpu('unavailable', { name: error.name, message: error.message });
  }
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
