import type { NetworkBuffers } from './buffers.ts';
import type { Shader } from './program.ts';

/** How a step's phases become dispatches: one for each few phases, or one for many steps. */
export type DriverName = 'stream' | 'loop';

/** Runs the steps of one shader on the networks that it is bound to. */
export interface Driver {
  readonly name: DriverName;
  /** Binds what the second group of the shader holds. */
  bind(label: string, buffers: readonly GPUBuffer[]): GPUBindGroup;
  encode(encoder: GPUCommandEncoder, groupOne: GPUBindGroup, steps: number): void;
}

/** Binding numbers as in the shaders: group 0 is the network, see network.wgsl and optimizers/. */
const networkBindings = ['weights', 'units', 'sparse', 'clock', 'live', 'm', 'v'] as const;

/** The layouts of the groups that all drivers have, for networks that have these buffers. */
export function groupLayouts(
  device: GPUDevice,
  shader: Shader,
  names: ReadonlySet<string>,
): [network: GPUBindGroupLayout, own: GPUBindGroupLayout] {
  const visibility = GPUShaderStage.COMPUTE;
  const network = networkBindings.flatMap((name, binding): GPUBindGroupLayoutEntry[] =>
    names.has(name)
      ? [{ binding, visibility, buffer: { type: name === 'live' ? 'uniform' : 'storage' } }]
      : [],
  );
  const own = shader.groupOne.map((type, binding) => ({ binding, visibility, buffer: { type } }));
  return [
    device.createBindGroupLayout({ label: 'network', entries: network }),
    device.createBindGroupLayout({ label: shader.label, entries: own }),
  ];
}

/** Group 0. */
export function bindNetwork(
  device: GPUDevice,
  layout: GPUBindGroupLayout,
  buffers: NetworkBuffers,
): GPUBindGroup {
  const entries = networkBindings.flatMap((name, binding): GPUBindGroupEntry[] => {
    const buffer = buffers[name];
    return buffer ? [{ binding, resource: { buffer } }] : [];
  });
  return device.createBindGroup({ label: 'network', layout, entries });
}

/** Group 1. */
export const bindOwn = (
  device: GPUDevice,
  layout: GPUBindGroupLayout,
  label: string,
  buffers: readonly GPUBuffer[],
): GPUBindGroup =>
  device.createBindGroup({
    label,
    layout,
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
