import { ConfigError, FileError } from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
import { learnedTensors, optimizerTensors, savedTensors } from '../model/tensors.ts';
import type { Clock, NetworkState } from '../network.ts';
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
const elementBytes = { weights: 16, units: 16, sparse: 4, clock: 28 };

export const rangeOf = ({ store, offset, size }: Region): { offset: number; bytes: number } => ({
  offset: offset * elementBytes[store],
  bytes: size * elementBytes[store],
});

/** All tensors of a network by name: those of its layers, and the slots and gradients that lie as weights do. */
export class TensorTable {
  readonly #places = new Map<string, TensorPlace>();
  readonly #saved: readonly string[];

  constructor(program: Program, config: NetworkConfig) {
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

  /** All saved tensors as they lie in buffers. @throws FileError when one is missing or cannot be */
  encode(state: NetworkState): StoredValues[] {
    checkClock(state.clock);
    return this.#saved.map(name => {
      const { view, buffer } = this.find(name);
      const values = state.tensors.get(name);
      if (!values) throw new FileError(`Tensor ${name} is missing. Use a state of this network.`);
      if (values.length !== view.length)
        throw new FileError(
          `Tensor ${name} has ${values.length} values, and this network's has ${view.length}. Use a state of this network.`,
        );
      const { offset } = rangeOf(view.region);
      return { buffer: buffer as BufferName, offset, values: view.encode!(values) };
    });
  }
}

/** The optimiser's slots, as in the names of their tensors. */
export function slotsOf(config: NetworkConfig): ('m' | 'v')[] {
  const names = optimizerTensors(config).map(t => t.name.split('.')[1]!);
  return [...new Set(names)] as ('m' | 'v')[];
}

function checkClock(clock: Clock): void {
  const isCount = (value: number) => Number.isInteger(value) && value >= 0 && value < 2 ** 32;
  const isShare = (value: number) => value >= 0 && value <= 1;
  const checks = { step: isCount, updates: isCount, correction1: isShare, correction2: isShare };
  for (const name of ['step', 'updates', 'correction1', 'correction2'] as const)
    if (!checks[name](clock[name]))
      throw new FileError(
        `The state's clock is damaged: ${name} is ${clock[name]}. Use a state of this network.`,
      );
}
