import { NoWebGpuError } from '../engine/errors.ts';

/**
 * WebGPU of the page: what `#gpu` means to a test that runs in a browser.
 * @throws NoWebGpuError where the browser has none.
 */
export async function openGpu(): Promise<GPU> {
  if (navigator.gpu === undefined) {
    throw new NoWebGpuError('This browser has no WebGPU. Start Chromium with --enable-unsafe-webgpu.');
  }
  return navigator.gpu;
}
