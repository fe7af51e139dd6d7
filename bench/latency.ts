import { openDevice } from '../engine/gpu/device.ts';
import type { NetworkConfig } from '../engine/model/config.ts';
import { Trainer } from '../engine/trainer.ts';
import { seed, signal } from './networks.ts';
import { median } from './statistics.ts';

const rounds = 200;
const steps = 500;
const empty = '@compute @workgroup_size(1) fn main() {}';

/** In milliseconds. */
export interface Latency {
  readonly adapter: string;
  readonly hardware: boolean;
  readonly dispatch: number;
  readonly readBack: number;
  readonly step: number;
}

/** What it costs to ask a GPU for something, beside what a step costs there. @throws NoAdapterError, ... */
export async function measureLatency(gpu: GPU, config: NetworkConfig): Promise<Latency> {
  const { device, summary, destroy } = await open(gpu);
  const module = device.createShaderModule({ code: empty });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const { COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const from = device.createBuffer({ size: 4, usage: COPY_SRC });
  const to = device.createBuffer({ size: 4, usage: COPY_DST | MAP_READ });
  const submit = (copies: boolean) => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.dispatchWorkgroups(1);
    pass.end();
    if (copies) encoder.copyBufferToBuffer(from, 0, to, 0, 4);
    device.queue.submit([encoder.finish()]);
  };
  const dispatch = await medianTime(async () => {
    submit(false);
    await device.queue.onSubmittedWorkDone();
  });
  const readBack = await medianTime(async () => {
    submit(true);
    await to.mapAsync(GPUMapMode.READ);
    to.unmap();
  });
  destroy();
  const trainer = await Trainer.create({ network: config, signal, seed }, { engine: 'gpu', gpu });
  await trainer.run(steps);
  const start = performance.now();
  await trainer.run(steps);
  const step = (performance.now() - start) / steps;
  trainer.dispose();
  return { adapter: summary.name, hardware: !summary.software, dispatch, readBack, step };
}

async function open(gpu: GPU) {
  const opened = await openDevice(gpu);
  return { device: opened.device, summary: opened.summary, destroy: () => opened.destroy() };
}

async function medianTime(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times.slice(rounds / 10));
}
