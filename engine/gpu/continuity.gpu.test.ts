import { afterEach, expect, test } from 'vitest';
import { gpuNetwork, livelyState, normalised, smallConfig, waves } from '../../test/networks.ts';
import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import { activityTensors, gradientTensors, savedTensors } from '../model/tensors.ts';
import type { Network, StepRecords } from '../network.ts';
import { hardwareGeometry, softwareGeometry } from './geometry.ts';

const networks: Network[] = [];
afterEach(() => {
  for (const network of networks.splice(0)) network.dispose();
});

async function create(config: NetworkConfig, geometry = softwareGeometry, seed = 1): Promise<Network> {
  const network = await gpuNetwork(config, livelyState(config, seed), { geometry });
  networks.push(network);
  return network;
}

const everything = (config: NetworkConfig) =>
  [...savedTensors(config), ...activityTensors(config), ...gradientTensors(config)].map(t => t.name);

function joined(parts: readonly StepRecords[], field: 'prediction' | 'loss' | 'winners'): number[] {
  return parts.flatMap(part => [...part[field]]);
}

// Node has every setting; the page, whose kernels are the same, two of each.
const inPage = typeof document !== 'undefined';
const some = <T>(all: readonly T[]): readonly T[] => (inPage ? [all[0]!, all.at(-1)!] : all);

const cuts = [
  { cut: 'a CPU', geometry: softwareGeometry, variant: {} },
  { cut: 'a GPU', geometry: hardwareGeometry, variant: {} },
  { cut: 'a CPU, normalised', geometry: softwareGeometry, variant: normalised },
  { cut: 'a GPU, normalised', geometry: hardwareGeometry, variant: normalised },
  { cut: 'a CPU, unrolled', geometry: softwareGeometry, variant: { ...normalised, unroll: 4 } },
  { cut: 'a GPU, unrolled', geometry: hardwareGeometry, variant: { ...normalised, unroll: 4 } },
];
test.each(some(cuts))('how steps are cut into runs changes no bit, cut as for $cut', async cut => {
  const config = parseNetwork({ ...smallConfig, ...cut.variant, columns: 300, cellsPerColumn: 2 });
  const network = await create(config, cut.geometry);
  const start = await network.state();
  const rows = waves(config, 0, 60);
  const width = 2 * config.inputs;
  const names = everything(config);
  const once = await network.run(rows);
  const whole = await network.read(names);

  await network.restore(start);
  const sizes = [1, 2, 3, 5, 8, 13, 28];
  const parts: Promise<StepRecords>[] = [];
  let at = 0;
  for (const size of sizes) {
    parts.push(network.run(rows.subarray(at * width, (at + size) * width)));
    at += size;
  }
  const pieces = await Promise.all(parts);
  expect(pieces.map(piece => [piece.firstStep, piece.count])).toEqual([
    [0, 1],
    [1, 2],
    [3, 3],
    [6, 5],
    [11, 8],
    [19, 13],
    [32, 28],
  ]);
  for (const field of ['prediction', 'loss', 'winners'] as const)
    expect(joined(pieces, field), field).toEqual([...once[field]]);
  expect(await network.read(names)).toEqual(whole);
});

const restorable: Partial<NetworkConfig>[] = [
  { optimizer: 'sgd' },
  { optimizer: 'adam', learningRate: 0.001, readout: 'active', winnerActivation: 'thresholded' },
  { optimizer: 'rmsprop', learningRate: 0.001, homeostasis: 'boost', boostStrength: 1 },
  { ...normalised, prediction: 'change', conscience: 1, decay: 20, finalRate: 0.1 },
  { ...normalised, readout: 'active', decoder: [9, 6] },
  { optimizer: 'sgd', unroll: 2 },
  { optimizer: 'adam', learningRate: 0.001, readout: 'active', winnerActivation: 'thresholded', unroll: 5 },
  { ...normalised, prediction: 'change', unroll: 3 },
];
test.each(some(restorable))('a state restored elsewhere goes on bit for bit: %o', async variant => {
  const config = parseNetwork({ ...smallConfig, ...variant });
  const network = await create(config);
  await network.run(waves(config, 0, 20));
  const state = await network.state();
  const expected = await network.run(waves(config, 20, 20));

  const other = await create(config, softwareGeometry, 7);
  await other.run(waves(config, 3, 5));
  await other.restore(state);
  expect(await other.state()).toEqual(state);
  expect(await other.run(waves(config, 20, 20))).toEqual(expected);
  const names = everything(config);
  expect(await other.read(names)).toEqual(await network.read(names));
});

test('so does one saved before there were as many steps as are unrolled', async () => {
  const config = parseNetwork({ ...smallConfig, ...normalised, prediction: 'change', unroll: 3 });
  const network = await create(config);
  await network.run(waves(config, 0, 2));
  const state = await network.state();
  const expected = await network.run(waves(config, 2, 12));

  const other = await create(config, softwareGeometry, 7);
  await other.run(waves(config, 3, 11));
  await other.restore(state);
  expect(await other.run(waves(config, 2, 12))).toEqual(expected);
  const names = everything(config);
  expect(await other.read(names)).toEqual(await network.read(names));
});

test('a state read while steps are under way is that of the steps begun before', async () => {
  const network = await create(smallConfig);
  const before = network.run(waves(smallConfig, 0, 10));
  const state = network.state();
  const after = network.run(waves(smallConfig, 10, 10));
  expect((await state).clock.step).toBe(10);
  await Promise.all([before, after]);
  expect((await network.state()).clock.step).toBe(20);
});

test('no steps are a run of none', async () => {
  const network = await create(smallConfig);
  await network.run(waves(smallConfig, 0, 3));
  expect(await network.run(new Float32Array())).toMatchObject({ firstStep: 3, count: 0 });
});
