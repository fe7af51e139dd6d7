import type { NetworkBuffers } from './buffers.ts';
import type { Shader } from './program.ts';
import type { Dispatch } from './schedule.ts';
import { compile } from './shader.ts';

/** Binding numbers as in the shaders: group 0 is the network, see network.wgsl and optimizers/. */
const networkBindings = ['weights', 'units', 'sparse', 'clock', 'live', 'm', 'v'] as const;

/** What the second group of a shader holds: rows and records of a batch, or gradients. */
export type GroupOne = readonly GPUBufferBindingType[];

/**
 * The stream driver: one dispatch for each entry point of a shader, many steps in one pass. The GPU counts the steps, so
 * all steps are the same commands.
 */
export class StreamDriver {
  readonly #pipelines: readonly GPUComputePipeline[];
  readonly #dispatches: readonly Dispatch[];
  readonly #network: GPUBindGroup;
  readonly #groupOneLayout: GPUBindGroupLayout;
  readonly #device: GPUDevice;

  private constructor(
    device: GPUDevice,
    pipelines: readonly GPUComputePipeline[],
    dispatches: readonly Dispatch[],
    network: GPUBindGroup,
    groupOneLayout: GPUBindGroupLayout,
  ) {
    this.#device = device;
    this.#pipelines = pipelines;
    this.#dispatches = dispatches;
    this.#network = network;
    this.#groupOneLayout = groupOneLayout;
  }

  /** Compiles the shader and binds the network. @throws ShaderError */
  static async create(
    device: GPUDevice,
    shader: Shader,
    buffers: NetworkBuffers,
    groupOne: GroupOne,
  ): Promise<StreamDriver> {
    const bound = networkBindings.flatMap((name, binding) => {
      const buffer = buffers[name];
      return buffer ? [{ name, binding, buffer }] : [];
    });
    const visibility = GPUShaderStage.COMPUTE;
    const networkLayout = device.createBindGroupLayout({
      label: 'network',
      entries: bound.map(({ name, binding }) => ({
        binding,
        visibility,
        buffer: { type: name === 'live' ? 'uniform' : 'storage' },
      })),
    });
    const groupOneLayout = device.createBindGroupLayout({
      label: shader.label,
      entries: groupOne.map((type, binding) => ({ binding, visibility, buffer: { type } })),
    });
    const layout = device.createPipelineLayout({
      label: shader.label,
      bindGroupLayouts: [networkLayout, groupOneLayout],
    });
    const pipelines = await compile(device, shader, layout);
    const network = device.createBindGroup({
      label: 'network',
      layout: networkLayout,
      entries: bound.map(({ binding, buffer }) => ({ binding, resource: { buffer } })),
    });
    return new StreamDriver(device, pipelines, shader.dispatches, network, groupOneLayout);
  }

  /** Binds what the second group of the shader holds. */
  bind(label: string, buffers: readonly GPUBuffer[]): GPUBindGroup {
    return this.#device.createBindGroup({
      label,
      layout: this.#groupOneLayout,
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
  }

  encode(encoder: GPUCommandEncoder, groupOne: GPUBindGroup, steps: number): void {
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, this.#network);
    pass.setBindGroup(1, groupOne);
    for (let step = 0; step < steps; step++)
      for (let i = 0; i < this.#pipelines.length; i++) {
        pass.setPipeline(this.#pipelines[i]!);
        pass.dispatchWorkgroups(this.#dispatches[i]!.groups);
      }
    pass.end();
  }
}
