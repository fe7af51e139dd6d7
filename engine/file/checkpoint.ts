import { originOf } from '../data/data-origin.ts';
import { type OwnData, rowCount } from '../data/own-data.ts';
import type { StreamState } from '../data/stream.ts';
import { FileError } from '../errors.ts';
import type { NetworkConfig, Settings } from '../model/config.ts';
import { savedTensors } from '../model/tensors.ts';
import type { NetworkState } from '../network.ts';
import { encodeSafetensors, type Tensor } from './safetensors.ts';

/** A run at rest: what it was set to, what the network remembers, and where its signal stands. */
export interface Checkpoint {
  readonly settings: Settings;
  readonly state: NetworkState;
  readonly stream: StreamState;
  /** What the wave `data` is made of. */
  readonly data?: OwnData;
}

/** [rows, inputs], beside the network's own. */
export const DATA = 'signal.data';

export const FORMAT = 'deephtm-1';

/** Tensors that a square root is taken of. */
const mayBeNegative = (name: string) => name !== 'pooler.variance' && !name.startsWith('optimizer.v.');

/** As `every(Number.isFinite)`, which takes ten times as long: a run is written every few seconds while it trains. */
function allFinite(values: Tensor['data']): boolean {
  for (let i = 0; i < values.length; i++)
    if (!(Math.abs(values[i]!) < Number.POSITIVE_INFINITY)) return false;
  return true;
}

type Shapes = ReadonlyMap<string, Pick<Tensor, 'shape'>>;

/** Refuses tensors that no network of this config has. */
export function checkShapes(config: NetworkConfig, tensors: Shapes): void {
  const expected = savedTensors(config);
  const names = new Set(expected.map(t => t.name));
  for (const name of tensors.keys())
    if (!names.has(name))
      throw new FileError(
        `The network has no tensor ${JSON.stringify(name.slice(0, 80))}, but the file does. Choose a file whose tensors fit its config.`,
      );
  for (const { name, shape } of expected) {
    const tensor = tensors.get(name);
    if (!tensor)
      throw new FileError(
        `Tensor "${name}" of shape [${shape}] is missing. Choose a file that holds the whole network.`,
      );
    if (tensor.shape.length !== shape.length || tensor.shape.some((size, i) => size !== shape[i]))
      throw new FileError(
        `Tensor "${name}" has shape [${tensor.shape}], but its network needs [${shape}]. Choose a file whose tensors fit its config.`,
      );
  }
}

/** Refuses values that no network can go on with. */
export function checkValues(tensors: ReadonlyMap<string, Tensor>): void {
  for (const [name, tensor] of tensors) {
    if (!allFinite(tensor.data))
      throw new FileError(
        `Tensor "${name}" holds a value that is not a finite number: the network diverged. Use weights of an earlier step, or start again with a smaller learning rate.`,
      );
    if (!mayBeNegative(name) && tensor.data.some(value => value < 0))
      throw new FileError(
        `Tensor "${name}" holds a negative value, which a variance cannot have. Choose another file.`,
      );
  }
}

/**
 * A weights file as safetensors: the tensors of `savedTensors`, and in `__metadata__` the config, format, step and seed
 * with what else it takes to go on bit for bit.
 * @throws FileError when the state does not fit the settings or has diverged, so that what is written can be read
 */
export function encodeCheckpoint({ settings, state, stream, data }: Checkpoint): Uint8Array<ArrayBuffer> {
  const { network, signal, seed } = settings;
  const { step, updates, correction1, correction2 } = state.clock;
  const tensors = new Map<string, Tensor>();
  for (const { name, shape } of savedTensors(network)) {
    const data = state.tensors.get(name);
    // A tensor of another size is refused by the container, with both sizes.
    if (data) tensors.set(name, { shape, data });
  }
  checkShapes(network, tensors);
  checkValues(tensors);
  if (data) tensors.set(DATA, { shape: [rowCount(data), data.columns.length], data: data.values });
  return encodeSafetensors(tensors, {
    format: FORMAT,
    config: JSON.stringify(network),
    step: String(step),
    seed: String(seed),
    signal: JSON.stringify(signal),
    stream: JSON.stringify(stream),
    updates: String(updates),
    correction1: String(correction1),
    correction2: String(correction2),
    ...(data && { data: JSON.stringify(originOf(data)) }),
  });
}
