import { existsSync, readdirSync } from 'node:fs';
import { constants, homedir } from 'node:os';
import { join } from 'node:path';
import type { EngineRequest } from '../engine/engine-choice.ts';
import { NoWebGpuError } from '../engine/errors.ts';
import { findSwiftShader } from '../scripts/find-browser.ts';

type Dawn = typeof import('webgpu');

/** Dawn hangs or crashes once the object from `create()` is collected, so every one made stays here. */
const instances: GPU[] = [];
let opening: Promise<GPU> | undefined;

/**
 * WebGPU for Node, by Dawn. A real driver comes first; without one, SwiftShader from an installed Chromium. Also
 * installs the WebGPU globals (`GPUBufferUsage` and the like). Every call gives the same object; whether it has an
 * adapter is for `requestAdapter()` to say.
 * @throws NoWebGpuError where Dawn has no build for this platform.
 */
export function openGpu(): Promise<GPU> {
  opening ??= open();
  return opening;
}

/** WebGPU for an engine that may want it. Without Dawn for this platform `auto` still has the CPU. @throws NoWebGpuError */
export async function gpuFor(engine: EngineRequest): Promise<GPU | undefined> {
  if (engine === 'cpu') return undefined;
  return openGpu().catch(error => {
    if (engine === 'gpu') throw error;
    return undefined;
  });
}

async function open(): Promise<GPU> {
  const dawn = await loadDawn();
  Object.assign(globalThis, dawn.globals);
  if (process.platform !== 'linux') return create(dawn);

  const chosen = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES;
  const swiftShader = findSwiftShader();
  if (!loads('libvulkan.so.1') && swiftShader) loads(swiftShader.loader);
  if (chosen !== undefined || !swiftShader) return create(dawn);
  if (hasVulkanDriver()) {
    const gpu = create(dawn);
    if ((await gpu.requestAdapter()) !== null) return gpu;
  }
  // The Vulkan loader reads these anew for each instance, so setting them in the running process is enough.
  process.env.VK_DRIVER_FILES = swiftShader.manifest;
  process.env.VK_ICD_FILENAMES = swiftShader.manifest;
  return create(dawn);
}

function create(dawn: Dawn): GPU {
  const gpu = dawn.create([]);
  instances.push(gpu);
  return gpu;
}

async function loadDawn(): Promise<Dawn> {
  try {
    return await import('webgpu');
  } catch (cause) {
    throw new NoWebGpuError(
      `Dawn (npm package "webgpu") does not load on ${process.platform}-${process.arch}. Use the CPU engine.`,
      { cause },
    );
  }
}

/**
 * Loads a shared library for good; Dawn's own `dlopen` of the same name then finds it, wherever it lies.
 * Node complains in any case, because a Vulkan loader is no addon: only "not found" counts as failure.
 */
function loads(library: string): boolean {
  const RTLD_NODELETE = 0x1000;
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch (error) {
    return !String(error).includes('cannot open shared object file');
  }
  return true;
}

/** Asked first because Dawn prints warnings when it starts Vulkan on a machine without a driver. */
function hasVulkanDriver(): boolean {
  const dataHome = process.env.XDG_DATA_HOME ?? join(homedir(), '.local/share');
  return ['/etc', '/usr/share', '/usr/local/share', '/usr/local/etc', dataHome]
    .map(folder => join(folder, 'vulkan/icd.d'))
    .some(folder => existsSync(folder) && readdirSync(folder).length > 0);
}
