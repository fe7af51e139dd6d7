import { OutOfMemoryError } from '../errors.ts';
import type { NetworkConfig } from './config.ts';
import { elementCount, savedTensors } from './tensors.ts';

/** What to lower when a network is too large: nearly all of it is the memory's weights, cells x cells. */
export const remedy =
  'Lower the columns or the cells per column: the weights grow with the square of their product.';

export const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;

/** Bytes of all numbers that a run is saved with: weights, what the optimiser keeps of each, and the memory's state. */
export const savedBytes = (config: NetworkConfig): number =>
  savedTensors(config).reduce((sum, { shape }) => sum + 4 * elementCount(shape), 0);

/** @throws OutOfMemoryError, with the size and what to lower, for a network whose numbers take more than `most` bytes */
export function requireRoom(config: NetworkConfig, most: number): void {
  const bytes = savedBytes(config);
  if (bytes <= most) return;
  const slots = config.optimizer === 'sgd' ? '' : ` SGD needs less room than ${config.optimizer}, too.`;
  throw new OutOfMemoryError(
    `This network has ${megabytes(bytes)} of numbers, and there is room for ${megabytes(most)}. ${remedy}${slots}`,
  );
}

/** What `make` makes of the network. @throws OutOfMemoryError, with the size, where the memory does not suffice */
export function withRoom<T>(config: NetworkConfig, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    // An array that cannot be allocated is a RangeError, whose message says nothing of what to do.
    if (!(cause instanceof RangeError)) throw cause;
    throw new OutOfMemoryError(
      `There is no memory left for this network: it has ${megabytes(savedBytes(config))} of numbers. ${remedy}`,
      { cause },
    );
  }
}
