import type { Kernels, Workspace } from '../cpu/workspace.ts';
import { OutOfMemoryError } from '../errors.ts';
import { binary } from './binary.ts';
import { type Loops, spareLength, WasmKernels } from './kernels.ts';

const pageSize = 65536;
/** What a 32-bit pointer reaches. */
const mostPages = 65536;
/** Lines of the cache: no array shares one with another. */
const alignment = 64;

/** Null where there is no WebAssembly with SIMD, or the page does not allow it. */
function compile(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(Uint8Array.from(binary.match(/../g)!, byte => Number.parseInt(byte, 16)));
  } catch {
    return null;
  }
}

let compiled: WebAssembly.Module | null | undefined;

/** Takes places one after the other, from `alignment` on. */
class Places {
  used = alignment;

  take(length: number): number {
    const at = this.used;
    this.used += Math.ceil((4 * length) / alignment) * alignment;
    return at;
  }
}

/**
 * A float32 workspace in WebAssembly memory of the size that `build` needs: it is called once to learn that size, with
 * arrays that have a length and nothing else, and should only ask for arrays. Null where there is no WebAssembly with
 * SIMD, and for networks that 32-bit pointers do not reach.
 * @throws OutOfMemoryError
 */
export function wasmWorkspace(build: (workspace: Workspace) => void): Workspace | null {
  compiled ??= compile();
  if (!compiled) return null;
  const needed = new Places();
  const measured = (length: number) => {
    needed.take(length);
    return { length } as never;
  };
  // Every vector has as many indices as entries.
  let longest = 0;
  const measuredIndices = (length: number) => {
    longest = Math.max(longest, length);
    return measured(length);
  };
  build({ floats: measured, sums: measured, indices: measuredIndices, kernels: {} as Kernels });
  needed.take(spareLength(longest));
  const pages = Math.ceil(needed.used / pageSize);
  if (pages > mostPages) return null;
  const memory = reserve(pages);
  const places = new Places();
  const floats = (length: number) => new Float32Array(memory.buffer, places.take(length), length);
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernels = new WasmKernels(exports as Loops, floats(spareLength(longest)));
  return {
    floats,
    sums: floats,
    indices: length => new Int32Array(memory.buffer, places.take(length), length),
    kernels,
  };
}

function reserve(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw new OutOfMemoryError(
      `There are no ${Math.ceil(pages / 16)} MiB of memory. Take fewer columns, cells or units, or close other pages.`,
      { cause },
    );
  }
}
