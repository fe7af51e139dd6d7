import { OutOfMemoryError } from '../errors.ts';
import { patiently } from './patience.ts';

/** Copies out what arrives in a staging buffer, and unmaps it. Rejects when the buffer or its device is destroyed first. */
export async function mapped(device: GPUDevice, staging: GPUBuffer, bytes: number): Promise<Float32Array> {
  const mapping = staging.mapAsync(GPUMapMode.READ, 0, bytes);
  // Firefox looks for finished maps only on submits, or every 100 ms.
  const nudge = setInterval(() => device.queue.submit([]), 4);
  try {
    await patiently(mapping);
  } finally {
    clearInterval(nudge);
  }
  const values = new Float32Array(staging.getMappedRange(0, bytes).slice(0));
  staging.unmap();
  return values;
}

/** A part of a buffer, in bytes. */
export interface Range {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly bytes: number;
}

/** A staging buffer takes ranges up to this many bytes in all, or one that is larger by itself. */
const stagingBytes = 2 ** 26;

/** Puts ranges, in their order, into groups that share a staging buffer. */
export function groupRanges(ranges: readonly Range[], most = stagingBytes): Range[][] {
  const groups: Range[][] = [];
  let room = 0;
  for (const range of ranges) {
    const group = groups.at(-1);
    if (group && range.bytes <= room) group.push(range);
    else {
      groups.push([range]);
      room = most;
    }
    room -= range.bytes;
  }
  return groups;
}

/**
 * Reads ranges as they are at this point of the queue; `encode` may add work before.
 * @throws OutOfMemoryError when there is no room for the copies
 */
export async function readRanges(
  device: GPUDevice,
  ranges: readonly Range[],
  encode: (encoder: GPUCommandEncoder) => void = () => {},
): Promise<Float32Array[]> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  const encoder = device.createCommandEncoder({ label: 'read' });
  encode(encoder);
  const groups = groupRanges(ranges).map(group => {
    const bytes = group.reduce((sum, range) => sum + range.bytes, 0);
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const staging = device.createBuffer({ label: 'read', size: bytes, usage });
    let at = 0;
    for (const range of group) {
      encoder.copyBufferToBuffer(range.buffer, range.offset, staging, at, range.bytes);
      at += range.bytes;
    }
    return { group, staging, bytes };
  });
  device.queue.submit([encoder.finish()]);
  const problems = Promise.allSettled([device.popErrorScope(), device.popErrorScope()]);
  try {
    const read = await Promise.all(
      groups.map(async ({ group, staging, bytes }) => split(await mapped(device, staging, bytes), group)),
    );
    return read.flat();
  } catch (cause) {
    const found = (await problems).find(problem => problem.status === 'fulfilled' && problem.value);
    if (found?.status !== 'fulfilled') throw cause;
    throw new OutOfMemoryError(`The GPU has no room to read from: ${found.value?.message}`, { cause });
  } finally {
    for (const { staging } of groups) staging.destroy();
  }
}

/** Values of ranges that lie one after the other. */
function split(values: Float32Array, group: readonly Range[]): Float32Array[] {
  let at = 0;
  return group.map(({ bytes }) => {
    const begin = at;
    at += bytes / 4;
    return values.subarray(begin, at);
  });
}
