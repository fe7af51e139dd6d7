import type { NetworkBuffers } from './buffers.ts';
import type { EntryPoint, Shader } from './program.ts';
import { compile } from './shader.ts';

/** Binding numbers as in the shaders: group 0 is the network, see network.wgsl and optimizers/. */
const networkBindings = ['weights', 'units', 'sparse', 'clock', 'live', 'm', 'v'] as const;

/** The layouts of both groups, for a network that has these buffers. */
export function groupLayouts(
  device: GPUDevice,
  shader: Shader,
  names: ReadonlySet<string>,
): [GPUBindGroupLayout, GPUBindGroupLayout] {
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

/**
 * The stream driver: one dispatch for each entry point of a shader, many steps in one pass. The GPU counts the steps, so
 * all steps are the same commands.
 */
export class StreamDriver {
  readonly #pipelines: readonly GPUComputePipeline[];
  readonly #entryPoints: readonly EntryPoint[];
  readonly #network: GPUBindGroup;
  readonly #groupOneLayout: GPUBindGroupLayout;
  readonly #device: GPUDevice;

  private constructor(
    device: GPUDevice,
    pipelines: readonly GPUComputePipeline[],
    entryPoints: readonly EntryPoint[],
    network: GPUBindGroup,
    groupOneLayout: GPUBindGroupLayout,
  ) {
    this.#device = device;
    this.#pipelines = pipelines;
    this.#entryPoints = entryPoints;
    this.#network = network;
    this.#groupOneLayout = groupOneLayout;
  }

  /** Compiles the shader and binds the network. @throws ShaderError */
  static async create(device: GPUDevice, shader: Shader, buffers: NetworkBuffers): Promise<StreamDriver> {
    const layouts = groupLayouts(device, shader, new Set(Object.keys(buffers)));
    const pipelines = await compile(device, shader, layouts);
    const entries = networkBindings.flatMap((name, binding): GPUBindGroupEntry[] => {
      const buffer = buffers[name];
      return buffer ? [{ binding, resource: { buffer } }] : [];
    });
    const network = device.createBindGroup({ label: 'network', layout: layouts[0], entries });
    return new StreamDriver(device, pipelines, shader.entryPoints, network, layouts[1]);
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
        pass.dispatchWorkgroups(this.#entryPoints[i]!.groups);
      }
    pass.end();
  }
}
