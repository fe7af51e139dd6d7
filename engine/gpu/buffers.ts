import { OutOfMemoryError } from '../errors.ts';
import { megabytes, remedy } from '../model/room.ts';
import type { Program } from './program.ts';

/** `Clock` and `Live` in shaders/network.wgsl. */
export const clockBytes = 32;
export const liveBytes = 80;

/** Where many networks share the memory, fewer of them help too. */
export const remedyFor = (networks: number): string =>
  networks === 1 ? remedy : `Train fewer networks at once than ${networks}. ${remedy}`;

const bytesOf = { weights: 16, units: 16, sparse: 4 };

/** Size of the buffer of all networks' weights, the largest. Optimisers' slots and gradients have buffers of the same size. */
export const weightBytes = ({ layout, step }: Program): number =>
  step.networks * layout.weights.size * bytesOf.weights;

/** `m` and `v` are there if the optimiser has them. */
export type BufferName = 'weights' | 'm' | 'v' | 'units' | 'sparse' | 'clock' | 'live';

export type NetworkBuffers = Partial<Record<BufferName, GPUBuffer>> &
  Record<Exclude<BufferName, 'm' | 'v'>, GPUBuffer>;

/** Creates the buffers of a program's networks, zeroed. @throws OutOfMemoryError */
export async function createBuffers(
  device: GPUDevice,
  program: Program,
  moments: readonly ('m' | 'v')[],
): Promise<NetworkBuffers> {
  const { units, sparse } = program.layout;
  const { networks } = program.step;
  const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const sizes: Partial<Record<BufferName, number>> = {
    weights: weightBytes(program),
    units: networks * units.size * bytesOf.units,
    sparse: networks * sparse.size * bytesOf.sparse,
    clock: networks * clockBytes,
  };
  for (const moment of moments) sizes[moment] = weightBytes(program);
  const buffers: Partial<Record<BufferName, GPUBuffer>> = {};
  try {
    for (const [name, size] of Object.entries(sizes))
      buffers[name as BufferName] = await createBuffer(device, name, size, storage, networks);
    buffers.live = await createBuffer(
      device,
      'live',
      networks * liveBytes,
      GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      networks,
    );
  } catch (error) {
    for (const buffer of Object.values(buffers)) buffer.destroy();
    throw error;
  }
  return buffers as NetworkBuffers;
}

/**
 * Creates a buffer, zeroed, for so many networks.
 * @throws OutOfMemoryError with the size, when the GPU's memory does not suffice
 */
export async function createBuffer(
  device: GPUDevice,
  label: string,
  size: number,
  usage: GPUBufferUsageFlags,
  networks = 1,
): Promise<GPUBuffer> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  const buffer = device.createBuffer({ label, size, usage });
  const [outOfMemory, invalid] = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
  const problem = outOfMemory ?? invalid;
  if (!problem) return buffer;
  buffer.destroy();
  throw new OutOfMemoryError(
    `The GPU has no room for ${label} (${megabytes(size)}): ${problem.message} ${remedyFor(networks)}`,
  );
}
