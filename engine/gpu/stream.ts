import type { NetworkBuffers } from './buffers.ts';
import { bindNetwork, bindOwn, type Driver, groupLayouts } from './driver.ts';
import type { Shader } from './program.ts';
import { compile } from './shader.ts';

/**
 * The stream driver: one dispatch for each entry point of a shader, many steps in one pass. The GPU counts the steps, so
 * all steps are the same commands.
 */
export class StreamDriver implements Driver {
  readonly name = 'stream';
  readonly #pipelines: readonly GPUComputePipeline[];
  readonly #shader: Shader;
  readonly #network: GPUBindGroup;
  readonly #own: GPUBindGroupLayout;
  readonly #device: GPUDevice;

  private constructor(
    device: GPUDevice,
    pipelines: readonly GPUComputePipeline[],
    shader: Shader,
    network: GPUBindGroup,
    own: GPUBindGroupLayout,
  ) {
    this.#device = device;
    this.#pipelines = pipelines;
    this.#shader = shader;
    this.#network = network;
    this.#own = own;
  }

  /** Compiles the shader and binds the networks. @throws ShaderError */
  static async create(device: GPUDevice, shader: Shader, buffers: NetworkBuffers): Promise<StreamDriver> {
    const [network, own] = groupLayouts(device, shader, new Set(Object.keys(buffers)));
    const pipelines = await compile(device, shader, [network, own]);
    return new StreamDriver(device, pipelines, shader, bindNetwork(device, network, buffers), own);
  }

  bind(label: string, buffers: readonly GPUBuffer[]): GPUBindGroup {
    return bindOwn(this.#device, this.#own, label, buffers);
  }

  encode(encoder: GPUCommandEncoder, groupOne: GPUBindGroup, steps: number): void {
    const { entryPoints, networks } = this.#shader;
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, this.#network);
    pass.setBindGroup(1, groupOne);
    for (let step = 0; step < steps; step++)
      for (let i = 0; i < this.#pipelines.length; i++) {
        pass.setPipeline(this.#pipelines[i]!);
        pass.dispatchWorkgroups(entryPoints[i]!.groups, networks);
      }
    pass.end();
  }
}
