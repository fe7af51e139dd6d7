import { freemem } from 'node:os';
import type { NetworkConfig } from '../engine/model/config.ts';
import { weightBytes } from './traffic.ts';

/** Native C has its weights in the program and, as it opens, in this process; an engine, those that it began with and its own. */
const copies = 4;
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** @throws Error where memory is too short for a race of networks of this size: a machine that swaps measures nothing */
export function requireRoom(config: NetworkConfig): void {
  const needed = copies * weightBytes(config);
  const free = freemem();
  if (needed > free)
    throw new Error(
      `Not measured here: the weights take ${gigabytes(weightBytes(config))}, and to measure them side by side ` +
        `${gigabytes(needed)} of free memory; there were ${gigabytes(free)}.`,
    );
}
