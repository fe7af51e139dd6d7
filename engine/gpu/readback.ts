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

/** Reads ranges as they are at this point of the queue; `encode` may add work before. */
export async function readRanges(
  device: GPUDevice,
  ranges: readonly Range[],
  encode: (encoder: GPUCommandEncoder) => void = () => {},
): Promise<Float32Array[]> {
  const bytes = ranges.reduce((sum, range) => sum + range.bytes, 0);
  const staging = device.createBuffer({
    label: 'read',
    size: bytes,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  try {
    const encoder = device.createCommandEncoder({ label: 'read' });
    encode(encoder);
    let at = 0;
    for (const range of ranges) {
      encoder.copyBufferToBuffer(range.buffer, range.offset, staging, at, range.bytes);
      at += range.bytes;
    }
    device.queue.submit([encoder.finish()]);
    const values = await mapped(device, staging, bytes);
    at = 0;
    return ranges.map(range => {
      const begin = at / 4;
      at += range.bytes;
      return values.subarray(begin, at / 4);
    });
  } finally {
    staging.destroy();
  }
}
