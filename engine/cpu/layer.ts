import type { Clock, FloatArray, LiveParameters } from '../network.ts';
import { assign, type Vector } from './vector.ts';

/** What the layers need to know of the step that runs. */
export interface StepContext {
  readonly live: LiveParameters;
  /** Whether this step changes weights and statistics. */
  learning: boolean;
  /** A learning step has counted itself in `updates` and in the corrections before the layers see it. */
  readonly clock: Clock;
  /** The learning rate of this step, after warm-up and decay. */
  rate: number;
  /** What memory and decoder multiply it by: 1, unless steps are normalised; see normalised-step.ts. */
  stepScale: number;
}

/** A tensor that can be looked at by its name, in the layout of files: row-major, `[out, in]`. */
export interface ReadableTensor {
  readonly name: string;
  readonly length: number;
  /** `into` has `length` entries; all of them are written. */
  read(into: FloatArray): void;
}

/** A tensor that is saved and restored. */
export interface StoredTensor extends ReadableTensor {
  write(from: FloatArray): void;
}

/**
 * A part of the step. Layers are joined by signals that they are given when they are made: `forward` reads the values of
 * its inputs and writes those of its outputs; `backward` runs in the opposite order, reads the gradients of its outputs
 * and adds to those of its inputs; `update` follows when all layers have gone backward. None of them allocates.
 */
export interface Layer {
  forward(context: StepContext): void;
  /** Where the step learns, a layer may move its weights as soon as it has used them. */
  backward(context: StepContext): void;
  update(context: StepContext): void;
  /** What has to be saved to go on. */
  readonly stored: readonly StoredTensor[];
  /** What else there is to see of the last step. */
  readonly observed: readonly ReadableTensor[];
}

/** A tensor whose layout in memory is that of files. */
export const plainTensor = (name: string, values: FloatArray): StoredTensor => ({
  name,
  length: values.length,
  read: into => into.set(values),
  write: from => values.set(from),
});

/** A sparse vector, whose values move from array to array as steps turn over. */
export const vectorTensor = (name: string, vector: Vector): StoredTensor => ({
  name,
  length: vector.values.length,
  read: into => into.set(vector.values),
  write: from => assign(vector, from),
});
