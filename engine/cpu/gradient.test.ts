import { describe, expect, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import type { NetworkConfig } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import { learnedTensors } from '../model/tensors.ts';
import type { Network, NetworkState } from '../network.ts';
import { createCpuNetwork } from './network.ts';

/*
 * Gradients against central differences of the loss of one step, in float64, for every single weight.
 *
 * The gradient that the model defines is not that of the whole past, so the function that is differenced has to be cut
 * off where the model cuts it off:
 * - Running mean and variance are constants: the step is frozen, so that it does not move them.
 * - unroll 0: the previous cells are constants: every evaluation starts from the same state.
 * - unroll 1: the previous active cells are constants, but the previous predictive cells are relu(T a + t), with the very
 *   weights that are varied: every evaluation starts from predictive cells recomputed with them.
 * - unroll n: the same from the active cells of n steps ago on; which columns won since, and how much, are constants.
 */

const base: NetworkConfig = {
  ...plainNetwork,
  inputs: 2,
  encoder: [6, 5],
  columns: 8,
  winners: 3,
  cellsPerColumn: 3,
  decoder: [9],
  errorClip: 0,
  learningRate: 0.05,
  encoderRate: 0.5,
  warmup: 0,
};

const cases: [string, Partial<NetworkConfig>][] = [
  ['default', {}],
  ['no unroll', { unroll: 0 }],
  ['two steps unrolled', { unroll: 2 }],
  ['four steps unrolled', { unroll: 4 }],
  ['three steps unrolled, active readout, many cells', { unroll: 3, readout: 'active', cellsPerColumn: 5 }],
  ['two steps unrolled, thresholded', { unroll: 2, winnerActivation: 'thresholded' }],
  ['active readout', { readout: 'active' }],
  ['active readout, no unroll', { readout: 'active', unroll: 0 }],
  ['thresholded', { winnerActivation: 'thresholded' }],
  ['boost', { homeostasis: 'boost', boostStrength: 1.5 }],
  ['thresholded, no homeostasis', { winnerActivation: 'thresholded', homeostasis: 'none' }],
  ['one encoder layer, three decoder layers', { encoder: [7], decoder: [6, 5, 4] }],
  ['every column a winner', { columns: 4, winners: 4 }],
  ['one cell per column', { cellsPerColumn: 1 }],
  ['predicting changes', { prediction: 'change' }],
  ['conscience', { conscience: 0.5 }],
  ['normalised', { optimizer: 'normalised', memoryRate: 3, biasRate: 0.2 }],
];

type Exact = Network<Float64Array>;
type ExactState = NetworkState<Float64Array>;

const wave = (step: number) => [Math.sin(step / 3), Math.cos(step / 2)];
const row = (step: number) => Float32Array.from([...wave(step), ...wave(step + 1)]);

/** A state in which cells predict, with a memory large enough to matter. */
async function experiencedState(config: NetworkConfig): Promise<{ network: Exact; state: ExactState }> {
  const initial = initialState(config, 5);
  const memory = initial.tensors.get('memory.weight')!;
  memory.forEach((weight, i) => {
    memory[i] = 20 * weight;
  });
  const network = createCpuNetwork(config, initial, { precision: 'float64' });
  for (let step = 0; step < 30; step++) await network.run(row(step));
  // What is kept of the last steps has to be what the present weights give.
  network.setMode({ learning: false });
  for (let step = 30; step < 36; step++) await network.run(row(step));
  const state = await network.state();
  return { network, state };
}

/**
 * The previous prediction, as a function of the memory's weights: from the active cells of `unroll` steps ago, which are
 * constants, by relu(T a + t) and the gate to those of the step after, whose columns' activations are constants.
 */
function recomputePredictive({ unroll, cellsPerColumn }: NetworkConfig, { tensors }: ExactState): void {
  const activeOf = (ago: number) => tensors.get(ago === 0 ? 'state.active' : `history.${ago}.active`)!;
  let active = activeOf(unroll - 1);
  for (let ago = unroll - 1; ago > 0; ago--)
    active = gated(predict(tensors, active), activeOf(ago - 1), cellsPerColumn);
  tensors.set('state.predictive', predict(tensors, active));
}

function predict(tensors: ExactState['tensors'], active: Float64Array): Float64Array {
  const weights = tensors.get('memory.weight')!;
  return tensors.get('memory.bias')!.map((bias, o) => {
    let z = bias;
    active.forEach((a, i) => {
      z += weights[o * active.length + i]! * a;
    });
    return Math.max(z, 0);
  });
}

/** The activation of each column of `active`, shared anew by what its cells predicted. */
function gated(predictive: Float64Array, active: Float64Array, cellsPerColumn: number): Float64Array {
  const sumOf = (values: Float64Array, cell: number) => {
    const first = cell - (cell % cellsPerColumn);
    return values.subarray(first, first + cellsPerColumn).reduce((sum, value) => sum + value, 0);
  };
  return active.map((_, cell) => {
    const predicted = sumOf(predictive, cell);
    return sumOf(active, cell) * (predicted > 1e-9 ? predictive[cell]! / predicted : 1 / cellsPerColumn);
  });
}

describe.each(cases)('%s', (_, changes) => {
  const config = { ...base, ...changes };

  test('gradients are those of the loss', { timeout: 60_000 }, async () => {
    const { network, state } = await experiencedState(config);
    const step = state.clock.step;
    const loss = async (): Promise<number> => {
      if (config.unroll > 0) recomputePredictive(config, state);
      await network.restore(state);
      const { loss, bursting } = await network.run(row(step));
      expect(bursting[0]).toBeLessThan(config.winners);
      return loss[0]!;
    };
    await loss();
    const gradients = await network.read(learnedTensors(config).map(t => `gradient.${t.name}`));

    for (const { name } of learnedTensors(config)) {
      const weights = state.tensors.get(name)!;
      const gradient = gradients.get(`gradient.${name}`)!;
      const step = 1e-5;
      for (let i = 0; i < weights.length; i++) {
        const weight = weights[i]!;
        weights[i] = weight + step;
        const above = await loss();
        weights[i] = weight - step;
        const below = await loss();
        weights[i] = weight;
        const difference = (above - below) / (2 * step);
        const error = Math.abs(gradient[i]! - difference);
        expect(error, `gradient.${name}[${i}]`).toBeLessThan(1e-8 + 1e-6 * Math.abs(difference));
      }
      // Without this, a gradient that is zero everywhere would agree with a loss that nothing moves.
      const flows = !(name.startsWith('memory') && config.readout === 'active' && config.unroll === 0);
      expect(
        gradient.some(g => g !== 0),
        `gradient.${name}`,
      ).toBe(flows);
    }
  });
});

test('unrolling adds a gradient to the memory and to nothing else', async () => {
  const { state } = await experiencedState(base);
  const gradients = async (unroll: number) => {
    const network = createCpuNetwork({ ...base, unroll }, state, { precision: 'float64' });
    await network.run(row(state.clock.step));
    return network.read(learnedTensors(base).map(t => `gradient.${t.name}`));
  };
  const [none, one] = [await gradients(0), await gradients(1)];
  for (const [name, values] of one)
    if (name.startsWith('gradient.memory')) expect(values).not.toEqual(none.get(name));
    else expect(values).toEqual(none.get(name));
});
