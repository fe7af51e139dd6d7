import { openGpu } from '../../cli/dawn.ts';
import { createBuffers } from '../../engine/gpu/buffers.ts';
import type { GpuDevice } from '../../engine/gpu/device.ts';
import { openDevice } from '../../engine/gpu/device.ts';
import type { Driver, DriverName } from '../../engine/gpu/driver.ts';
import type { Geometry } from '../../engine/gpu/geometry.ts';
import { LoopDriver } from '../../engine/gpu/loop.ts';
import { packClock, packLive, recordLength } from '../../engine/gpu/packing.ts';
import { patiently } from '../../engine/gpu/patience.ts';
import { compose, type Shader } from '../../engine/gpu/program.ts';
import { StreamDriver } from '../../engine/gpu/stream.ts';
import { slotsOf, TensorTable } from '../../engine/gpu/tensor-table.ts';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { liveParameters } from '../../engine/model/settings.ts';

/** One way to run a network, to be measured beside others. */
export interface Candidate {
  readonly name: string;
  readonly config: NetworkConfig;
  readonly driver: DriverName;
  readonly geometry: Geometry;
  /** Changes the shader of a step, to try another kernel. */
  readonly change?: (shader: Shader) => Shader;
}

/** Milliseconds of a step: by the clock, and of all processors together, which other work on the machine does not lengthen. */
export interface Time {
  readonly clock: number;
  readonly processors: number;
}

/** A candidate, ready to run. */
export interface Stand {
  readonly candidate: Candidate;
  readonly compileMilliseconds: number;
  /** Runs steps on, and waits for them. */
  run(steps: number): Promise<Time>;
}

const mostSteps = 1024;

export const openBench = async (config: NetworkConfig): Promise<GpuDevice> =>
  openDevice(await openGpu(), config);

export async function build({ device }: GpuDevice, candidate: Candidate): Promise<Stand> {
  const { config, driver: name, geometry, change = shader => shader } = candidate;
  const program = compose(config, geometry, { driver: name });
  const buffers = await createBuffers(device, program, slotsOf(config));
  const begun = performance.now();
  const Kind = name === 'loop' ? LoopDriver : StreamDriver;
  const driver: Driver = await Kind.create(device, change(program.step), buffers);
  const compileMilliseconds = performance.now() - begun;

  const state = initialState(config, 1);
  for (const { buffer, offset, values } of new TensorTable(program, config).encode(state))
    device.queue.writeBuffer(buffers[buffer]!, offset, values);
  const mode = { learning: true, freeRun: false };
  device.queue.writeBuffer(buffers.live, 0, packLive(liveParameters(config), mode));
  const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
  const rows = device.createBuffer({ size: 8 * config.inputs * mostSteps, usage: STORAGE | COPY_DST });
  const records = device.createBuffer({
    size: 4 * recordLength(config) * mostSteps,
    usage: STORAGE | COPY_SRC,
  });
  const group = driver.bind('bench', [rows, records]);
  let done = 0;

  async function batch(steps: number): Promise<void> {
    const { inputs } = config;
    const values = Float32Array.from({ length: 2 * inputs * steps }, (_, at) => {
      const row = done + Math.floor(at / (2 * inputs)) + Math.floor((at % (2 * inputs)) / inputs);
      return Math.sin((2 * Math.PI * row) / 23.7 + (at % inputs));
    });
    done += steps;
    device.queue.writeBuffer(rows, 0, values);
    const encoder = device.createCommandEncoder();
    // The row of the clock, as engine/gpu/batches.ts does.
    encoder.clearBuffer(buffers.clock, 16, 4);
    driver.encode(encoder, group, steps);
    device.queue.submit([encoder.finish()]);
    await patiently(device.queue.onSubmittedWorkDone());
  }
  device.queue.writeBuffer(buffers.clock, 0, packClock(state.clock));
  return {
    candidate,
    compileMilliseconds,
    async run(steps) {
      const begun = performance.now();
      const before = process.cpuUsage();
      for (let left = steps; left > 0; left -= 64) await batch(Math.min(64, left));
      const { user, system } = process.cpuUsage(before);
      return {
        clock: (performance.now() - begun) / steps,
        processors: (user + system) / 1000 / steps,
      };
    },
  };
}

/** Steps a second, medians. */
export interface Measurement {
  readonly name: string;
  readonly byClock: number;
  readonly byProcessors: number;
  readonly compileMilliseconds: number;
}

/** Runs candidates in turn, round after round, so that what else the machine does meets all alike. */
export async function measure(
  stands: readonly Stand[],
  rounds: number,
  steps: number,
): Promise<Measurement[]> {
  const seen = stands.map((): Time[] => []);
  // The first steps are not like the others: homeostasis is about to settle, and predictions are about to come.
  for (const stand of stands) await stand.run(128);
  for (let round = 0; round < rounds; round++)
    for (const [i, stand] of stands.entries()) seen[i]!.push(await stand.run(steps));
  return stands.map(({ candidate, compileMilliseconds }, i) => ({
    name: candidate.name,
    byClock: 1000 / median(seen[i]!.map(time => time.clock)),
    byProcessors: 1000 / median(seen[i]!.map(time => time.processors)),
    compileMilliseconds,
  }));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
