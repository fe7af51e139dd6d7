import { describe, expect, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import type { NetworkConfig } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import { createCpuNetwork } from './network.ts';

const config: NetworkConfig = {
  ...plainNetwork,
  inputs: 3,
  encoder: [6, 5],
  columns: 8,
  winners: 3,
  cellsPerColumn: 3,
  decoder: [9, 7],
  homeostasis: 'none',
  unroll: 0,
  errorClip: 0,
  warmup: 0,
  optimizer: 'normalised',
  encoderRate: 0,
  epsilon: 1e-12,
};

const wave = (step: number) => [Math.sin(step / 3), Math.cos(step / 2), Math.sin(step / 5)];
const row = (step: number) => Float32Array.from([...wave(step), ...wave(step + 1)]);

/** Error before and after one update: of the same step, from the same temporal state. */
async function errors(changes: Partial<NetworkConfig>) {
  const changed = { ...config, ...changes };
  const network = createCpuNetwork(changed, initialState(changed, 3), { precision: 'float64' });
  for (let step = 0; step < 20; step++) await network.run(row(step));
  const before = await network.state();
  const error = async () => {
    const { prediction, target } = await network.run(row(20));
    return prediction.map((y, i) => y - target[i]!);
  };
  const first = await error();
  const weights = (await network.state()).tensors;
  for (const name of ['state.predictive', 'state.active']) weights.set(name, before.tensors.get(name)!);
  await network.restore({ tensors: weights, clock: before.clock });
  network.setMode({ learning: false });
  return { first, second: await error() };
}

describe('a normalised step', () => {
  const along = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

  // Rates of parts and biases change what shares in the correction, never how much is corrected.
  test.each([
    [1e-4, {}],
    [1e-4, { memoryRate: 7, biasRate: 0.1 }],
    [1e-4, { memoryRate: 0, biasRate: 3 }],
    [1e-4, { readout: 'active' }],
    [1e-4, { prediction: 'change', conscience: 0.3 }],
    [5e-5, { biasRate: 0 }],
  ] as const)('at rate %f removes that share of the error, with %j', async (learningRate, changes) => {
    const { first, second } = await errors({ ...changes, learningRate });
    const removed = 1 - along(first, second) / along(first, first);
    expect(along(first, first)).toBeGreaterThan(1e-4);
    expect(removed / learningRate).toBeCloseTo(1, 2);
  });

  test('without an error moves nothing', async () => {
    const network = createCpuNetwork(config, initialState(config, 3), { precision: 'float64' });
    await network.run(row(0));
    // What a frozen network answers is the target that the learning one is given.
    const state = await network.state();
    network.setMode({ learning: false });
    const { input, prediction } = await network.run(row(1));
    await network.restore(state);
    network.setMode({ learning: true });
    const { tensors } = await network.state();
    const answered = Float32Array.from([...input, ...prediction]);
    // float32 rows cannot hold a float64 prediction exactly, so the weights hold still up to that rounding.
    await network.run(answered);
    const after = (await network.state()).tensors;
    for (const name of ['memory.weight', 'decoder.0.weight', 'decoder.2.bias']) {
      const moved = after.get(name)!.map((w, i) => Math.abs(w - tensors.get(name)![i]!));
      expect(Math.max(...moved)).toBeLessThan(1e-6);
    }
  });
});
