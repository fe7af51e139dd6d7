import type { NetworkConfig } from '../../engine/model/config.ts';
import { elementCount, savedTensors } from '../../engine/model/tensors.ts';

/** Steps that can be gone back. */
export const stepsBack = 1000;

/**
 * Memory that the states of one run may take, from which its last steps are run again: more on a machine that is known
 * to have 8 GB or more. Chromium tells, on secure pages.
 */
function stateBudget(): number {
  const { deviceMemory = 0 } = (globalThis.navigator ?? {}) as { deviceMemory?: number };
  return (deviceMemory >= 8 ? 512 : 256) * 2 ** 20;
}

/** While it trains, one from before all steps that can be gone back to and some later ones are kept. */
const leastStates = 4;
const mostStates = 8;

/** Bytes of everything that a network remembers between steps. */
const stateBytes = (config: NetworkConfig): number =>
  savedTensors(config).reduce((bytes, { shape }) => bytes + 4 * elementCount(shape), 0);

/** States of a network that there is memory for; 0 when they are too few to go back. */
export function statesKept(config: NetworkConfig): number {
  const states = Math.floor(stateBudget() / stateBytes(config));
  return states < leastStates ? 0 : Math.min(states, mostStates);
}
