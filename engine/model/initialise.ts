import type { NetworkState } from '../network.ts';
import type { NetworkConfig } from './config.ts';
import { gaussianGenerator } from './generator.ts';
import { elementCount, learnedTensors, optimizerTensors, stateTensors } from './tensors.ts';

/** A network at step 0: seeded weights, no memory, every column with its fair share of duty. */
export function initialState(config: NetworkConfig, seed: number): NetworkState {
  const tensors = new Map<string, Float32Array>();
  for (const { name, shape, initialMean, initialVariance } of learnedTensors(config)) {
    const values = new Float32Array(elementCount(shape)).fill(initialMean);
    if (initialVariance > 0) {
      const generator = gaussianGenerator(seed, name);
      const deviation = Math.sqrt(initialVariance);
      for (let i = 0; i < values.length; i++) values[i] = initialMean + deviation * generator.next();
    }
    tensors.set(name, values);
  }
  for (const { name, shape } of [...stateTensors(config), ...optimizerTensors(config)])
    tensors.set(name, new Float32Array(elementCount(shape)));
  tensors.get('pooler.duty')!.fill(config.winners / config.columns);
  return { tensors, clock: { step: 0, updates: 0, correction1: 0, correction2: 0 } };
}
