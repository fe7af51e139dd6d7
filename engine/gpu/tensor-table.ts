import { ConfigError, FileError } from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
import { checkState } from '../model/state-check.ts';
import { learnedTensors, optimizerTensors, savedTensors } from '../model/tensors.ts';
import type { NetworkState } from '../network.ts';
import type { BufferName } from './buffers.ts';
import type { Region } from './layout.ts';
import type { Program } from './program.ts';
import type { TensorView } from './tensor-views.ts';

/** Where a tensor lies: its view, and the buffer that the view's region is in. */
export interface TensorPlace {
  readonly view: TensorView;
  readonly buffer: BufferName | 'gradients';
}

/** Values as they lie in a buffer, from `offset` bytes on. */
export interface StoredValues {
  readonly buffer: BufferName;
  readonly offset: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Bytes of an element, by store. */
const elementBytes = { weights: 16, units: 16, sparse: 4, clock: 4 };

export const rangeOf = ({ store, offset, size }: Region): { offset: number; bytes: number } => ({
  offset: offset * elementBytes[store],
  bytes: size * elementBytes[store],
});

/** All tensors of a network by name: those of its layers, and the slots and gradients that lie as weights do. */
export class TensorTable {
  readonly #places = new Map<string, TensorPlace>();
  readonly #saved: readonly string[];
  readonly #config: NetworkConfig;

  constructor(program: Program, config: NetworkConfig) {
    this.#config = config;
    for (const view of program.tensors)
      this.#places.set(view.name, { view, buffer: view.region.store as BufferName });
    const learned = learnedTensors(config).map(t => t.name);
    const derive = (prefix: string, buffer: TensorPlace['buffer'], names: readonly string[]) => {
      for (const name of names)
        this.#places.set(`${prefix}.${name}`, { view: this.#places.get(name)!.view, buffer });
    };
    derive('gradient', 'gradients', learned);
    for (const slot of slotsOf(config)) derive(`optimizer.${slot}`, slot, learned);
    this.#saved = savedTensors(config).map(t => t.name);
  }

  /** @throws ConfigError for a name this network does not have */
  find(name: string): TensorPlace {
    const place = this.#places.get(name);
    if (!place)
      throw new ConfigError(name, 'this network has no tensor of this name; see model/tensors.ts for all');
    return place;
  }

  get saved(): readonly string[] {
    return this.#saved;
  }

  /** All saved tensors as they lie in buffers. @throws FileError when `state` is not that of a network of this config */
  encode(state: NetworkState): StoredValues[] {
    checkState(this.#config, state);
    for (const count of [state.clock.step, state.clock.updates])
      if (count >= 2 ** 32)
        throw new FileError(
          `The GPU counts steps in 32 bits, and this run has ${count}. Use the CPU engine.`,
        );
    return this.#saved.map(name => {
      const { view, buffer } = this.find(name);
      const { offset } = rangeOf(view.region);
      return {
        buffer: buffer as BufferName,
        offset,
        values: view.encode!(state.tensors.get(name)!, state.tensors),
      };
    });
  }
}

/** The optimiser's slots, as in the names of their tensors. */
export function slotsOf(config: NetworkConfig): ('m' | 'v')[] {
  const names = optimizerTensors(config).map(t => t.name.split('.')[1]!);
  return [...new Set(names)] as ('m' | 'v')[];
}
