import type { NetworkBuffers } from './buffers.ts';
import { bindNetwork, bindOwn, type Driver, groupLayouts } from './driver.ts';
import type { Shader } from './program.ts';
import { compile } from './shader.ts';

/** Any number of steps is a few dispatches of powers of two; this is the last power. */
const mostStepsLog2 = 10;

/** How far apart WebGPU lets bindings of uniforms begin. */
const uniformAlignment = 256;

/** Group 2 of a looping shader: `steps`. */
export const stepsLayout = (device: GPUDevice): GPUBindGroupLayout =>
  device.createBindGroupLayout({
    label: 'steps',
    entries: [{ binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'uniform' } }],
  });

/**
 * The loop driver: one workgroup for each network, which runs many steps in one dispatch, with barriers between phases
 * instead of dispatches. There is no barrier across workgroups in WGSL, so a network has just the one.
 */
export class LoopDriver implements Driver {
  readonly name = 'loop';
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #networks: number;
  readonly #network: GPUBindGroup;
  readonly #own: GPUBindGroupLayout;
  /** By the power of two. */
  readonly #steps: readonly GPUBindGroup[];

  private constructor(
    device: GPUDevice,
    pipeline: GPUComputePipeline,
    networks: number,
    network: GPUBindGroup,
    own: GPUBindGroupLayout,
    steps: readonly GPUBindGroup[],
  ) {
    this.#device = device;
    this.#pipeline = pipeline;
    this.#networks = networks;
    this.#network = network;
    this.#own = own;
    this.#steps = steps;
  }

  /** Compiles the shader and binds the networks. @throws ShaderError */
  static async create(device: GPUDevice, shader: Shader, buffers: NetworkBuffers): Promise<LoopDriver> {
    const [network, own] = groupLayouts(device, shader, new Set(Object.keys(buffers)));
    const steps = stepsLayout(device);
    const [pipeline] = await compile(device, shader, [network, own, steps]);
    const bound = bindNetwork(device, network, buffers);
    return new LoopDriver(device, pipeline!, shader.networks, bound, own, powersOfTwo(device, steps));
  }

  bind(label: string, buffers: readonly GPUBuffer[]): GPUBindGroup {
    return bindOwn(this.#device, this.#own, label, buffers);
  }

  encode(encoder: GPUCommandEncoder, groupOne: GPUBindGroup, steps: number): void {
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#network);
    pass.setBindGroup(1, groupOne);
    for (let left = steps; left > 0; ) {
      const power = Math.min(mostStepsLog2, Math.floor(Math.log2(left)));
      pass.setBindGroup(2, this.#steps[power]!);
      pass.dispatchWorkgroups(this.#networks);
      left -= 2 ** power;
    }
    pass.end();
  }
}

/** How many steps a dispatch is to run: written once, because a buffer cannot change between dispatches of a pass. */
function powersOfTwo(device: GPUDevice, layout: GPUBindGroupLayout): GPUBindGroup[] {
  const counts = Array.from({ length: mostStepsLog2 + 1 }, (_, power) => 2 ** power);
  const buffer = device.createBuffer({
    label: 'steps',
    size: counts.length * uniformAlignment,
    usage: GPUBufferUsage.UNIFORM,
    mappedAtCreation: true,
  });
  const values = new Uint32Array(buffer.getMappedRange());
  counts.forEach((count, power) => {
    values[(power * uniformAlignment) / 4] = count;
  });
  buffer.unmap();
  return counts.map((count, power) =>
    device.createBindGroup({
      label: `${count} steps`,
      layout,
      entries: [{ binding: 0, resource: { buffer, offset: power * uniformAlignment, size: 4 } }],
    }),
  );
}
