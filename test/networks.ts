import { openGpu } from '#gpu';
import { GpuDevice, openDevice } from '../engine/gpu/device.ts';
import type { DriverOptions } from '../engine/gpu/device-networks.ts';
import { createGpuNetwork, type DrivenNetwork } from '../engine/gpu/network.ts';
import type { NetworkConfig } from '../engine/model/config.ts';
import { gaussianGenerator } from '../engine/model/generator.ts';
import { initialState } from '../engine/model/initialise.ts';
import { learnedTensors } from '../engine/model/tensors.ts';
import type { NetworkState } from '../engine/network.ts';
import { plainNetwork } from './plain-network.ts';

/** Small, and no size a multiple of four. */
export const smallConfig: NetworkConfig = {
  ...plainNetwork,
  inputs: 2,
  encoder: [10, 7],
  columns: 21,
  winners: 4,
  cellsPerColumn: 3,
  decoder: [9],
  encoderRate: 0.5,
  warmup: 5,
};

/** What normalised steps need to be told apart from others: each part and each bias at a rate of its own. */
export const normalised: Partial<NetworkConfig> = {
  optimizer: 'normalised',
  learningRate: 0.4,
  memoryRate: 6,
  biasRate: 0.3,
  encoderRate: 0.05,
  errorClip: 0,
};

/**
 * A state that leaves nothing idle: every bias counts, and the memory's weights are large enough for its predictions to
 * steer the gate.
 */
export function livelyState(config: NetworkConfig, seed = 1): NetworkState {
  const state = initialState(config, seed);
  for (const { name, shape } of learnedTensors(config)) {
    const values = state.tensors.get(name)!;
    const noise = gaussianGenerator(seed, `lively ${name}`);
    const deviation =
      shape.length === 1 ? 0.05 : name === 'memory.weight' ? 0.5 / Math.sqrt(config.winners) : 0;
    if (deviation > 0) for (let i = 0; i < values.length; i++) values[i] = deviation * noise.next();
  }
  return state;
}

/** Rows of a wave for each channel: the input, then the next step's. */
export function waves(config: NetworkConfig, start: number, count: number): Float32Array {
  const { inputs } = config;
  const rows = new Float32Array(count * 2 * inputs);
  for (let row = 0; row < count; row++)
    for (let i = 0; i < inputs; i++)
      for (const next of [0, 1])
        rows[(2 * row + next) * inputs + i] = Math.sin((2 * Math.PI * (start + row + next)) / 23 + 1.1 * i);
  return rows;
}

/** A device that stays open when a network on it goes. */
class SharedDevice extends GpuDevice {
  override destroy(): void {}
}

let shared: Promise<SharedDevice> | undefined;

/**
 * One device for all tests of a file: a device compiles a shader once, however many networks run it, and software GPUs
 * take seconds for each.
 */
export function sharedDevice(): Promise<GpuDevice> {
  shared ??= openGpu().then(async gpu => {
    const { device, summary } = await openDevice(gpu);
    return new SharedDevice(device, summary);
  });
  return shared;
}

/** A network on the GPU of this machine, real or imitated. */
export async function gpuNetwork(
  config: NetworkConfig,
  state: NetworkState,
  options: DriverOptions = {},
): Promise<DrivenNetwork> {
  return createGpuNetwork(await sharedDevice(), config, state, options);
}
