import type { Geometry } from './geometry.ts';
import type { Layout, Region } from './layout.ts';
import type { TensorView } from './tensor-views.ts';

/** A WGSL function over work, and how much of it there is. */
export interface Phase {
  readonly name: string;
  /** The call, in WGSL; may use `group` and `lane`. */
  readonly call: string;
  readonly groups: number;
  /** Whether one workgroup does all of it sooner than another dispatch begins. */
  readonly light?: boolean;
  readonly reads: readonly Region[];
  readonly writes: readonly Region[];
}

/**
 * A part of the network. A step is all layers' `forward`, in order; then all layers' `backward`, in reverse; then all
 * layers' `update`, in reverse.
 */
export interface Layer {
  /** Constants in WGSL that its phases name. */
  readonly declarations: string;
  readonly forward: readonly Phase[];
  /** Deltas of what lies before, and the update where it is made on the way. */
  readonly backward: readonly Phase[];
  /** What else learns, once all deltas are known. */
  readonly update: readonly Phase[];
  /** Writes out the gradients of the last step, to be read. */
  readonly gradient: readonly Phase[];
  readonly tensors: readonly TensorView[];
}

/** How many small items a lane takes, such as blocks of four biases; SHARE in the shaders. */
export const share = 4;

/** What layers are built with. */
export interface Building extends Geometry {
  readonly layout: Layout;
  /** Whether the optimiser moves weights that have no gradient. */
  readonly updatesAll: boolean;
  /** Whether memory and decoder learn only when all deltas are known, because these decide how far. */
  readonly normalises: boolean;
}

/** vec4s of weights that a CPU visits about as fast as it begins a dispatch; see bench/kernels/drivers.ts. */
const lightest = 2048;

/** Whether going over so many vec4s is light work. To a GPU none is: it has lanes for all of them. */
export const isLight = ({ parallelism }: Geometry, size: number): boolean =>
  parallelism === 1 && size <= lightest;

/** `encoder.0` as a name in WGSL. */
export const identifier = (name: string): string => name.replaceAll('.', '_');

export const unsigned = (value: number): string => `${value}u`;

/** Largest power of two that is at most `value`, between 1 and `most`. */
export function powerOfTwo(value: number, most: number): number {
  return Math.min(most, 2 ** Math.max(0, Math.floor(Math.log2(value))));
}
