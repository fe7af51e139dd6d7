import { median } from './statistics.ts';

const rounds = 5;
/** How much is copied in a measurement, so that starting it does not count. */
const bytesInAll = 2 ** 27;

/** Bytes a second that a copy reads and writes, `bytes` at a time: those of a cache where it holds them twice. */
export function copyOnCpu(bytes: number): number {
  const from = new Uint8Array(bytes).fill(1);
  const to = new Uint8Array(bytes);
  const times = Math.max(1, Math.round(bytesInAll / bytes));
  const speeds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let i = 0; i < times; i++) to.set(from);
    speeds.push((2 * bytes * times) / ((performance.now() - start) / 1000));
  }
  return median(speeds);
}

/** The same on the GPU that WebGPU gives first. */
export async function copyOnGpu(gpu: GPU, bytes: number): Promise<number> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  const { maxBufferSize } = adapter!.limits;
  const size = Math.min(Math.ceil(bytes / 4) * 4, maxBufferSize);
  const device = await adapter!.requestDevice({ requiredLimits: { maxBufferSize } });
  const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const [from, to] = [device.createBuffer({ size, usage }), device.createBuffer({ size, usage })];
  const times = Math.max(1, Math.round(bytesInAll / size));
  const speeds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const encoder = device.createCommandEncoder();
    for (let i = 0; i < times; i++) encoder.copyBufferToBuffer(from, 0, to, 0, size);
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    speeds.push((2 * size * times) / ((performance.now() - start) / 1000));
  }
  device.destroy();
  return median(speeds);
}
