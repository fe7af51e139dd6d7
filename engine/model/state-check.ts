import { FileError } from '../errors.ts';
import type { FloatArray, NetworkState } from '../network.ts';
import type { NetworkConfig } from './config.ts';
import { elementCount, savedTensors } from './tensors.ts';

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
const isShare = (value: number) => value >= 0 && value <= 1;
const clockChecks = { step: isCount, updates: isCount, correction1: isShare, correction2: isShare };

/** @throws FileError when `state` is not that of a network of `config` */
export function checkState(config: NetworkConfig, { tensors, clock }: NetworkState<FloatArray>): void {
  for (const { name, shape } of savedTensors(config)) {
    const values = tensors.get(name);
    if (!values) throw new FileError(`The state has no tensor "${name}". Was it saved with other settings?`);
    const length = elementCount(shape);
    if (values.length !== length)
      throw new FileError(
        `Tensor "${name}" has ${values.length} values where this network has ${length}. Was it saved with other settings?`,
      );
  }
  for (const name of ['step', 'updates', 'correction1', 'correction2'] as const)
    if (!clockChecks[name](clock[name]))
      throw new FileError(
        `The state's clock is damaged: ${name} is ${clock[name]}. Was it saved with other settings?`,
      );
}
