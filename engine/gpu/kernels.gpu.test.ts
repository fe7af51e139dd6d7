import { afterEach, expect, test } from 'vitest';
import { expectClose } from '../../test/expect-close.ts';
import { gpuNetwork, livelyState, normalised, smallConfig, waves } from '../../test/networks.ts';
import { createCpuNetwork } from '../cpu/network.ts';
import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import { defaultPreset } from '../model/presets.ts';
import { activityTensors, gradientTensors, savedTensors } from '../model/tensors.ts';
import type { Network } from '../network.ts';
import { type Geometry, hardwareGeometry, softwareGeometry } from './geometry.ts';

/** Settings that meet in a kernel are met in pairs, not in every combination. */
const variants: Record<string, Partial<NetworkConfig>> = {
  'sizes that are no multiples of four': {},
  'the default network': defaultPreset.settings.network,
  'one input, three encoders, two decoders': { inputs: 1, encoder: [70, 9, 5], decoder: [67, 6] },
  'five inputs, wide layers': { inputs: 5, encoder: [130], decoder: [257] },
  'one winner': { winners: 1 },
  '1024 columns': { columns: 1024, winners: 20, cellsPerColumn: 1 },
  boost: { homeostasis: 'boost', boostStrength: 1.5, dutyRate: 0.1 },
  'thresholded, boost, 300 columns': {
    winnerActivation: 'thresholded',
    homeostasis: 'boost',
    boostStrength: 1.5,
    columns: 300,
    cellsPerColumn: 2,
  },
  'no unroll': { unroll: 0 },
  'two steps unrolled': { unroll: 2 },
  'three steps unrolled, thresholded, no error clip': {
    unroll: 3,
    winnerActivation: 'thresholded',
    errorClip: 0,
  },
  'two steps unrolled, one cell per column': { unroll: 2, cellsPerColumn: 1 },
  'five steps unrolled, many cells per column': { unroll: 5, columns: 9, winners: 2, cellsPerColumn: 17 },
  'eight steps unrolled, every column wins': { unroll: 8, columns: 6, winners: 6 },
  'three steps unrolled, 300 columns, many active cells': {
    unroll: 3,
    columns: 300,
    winners: 31,
    cellsPerColumn: 9,
    learningRate: 0.002,
  },
  'two steps unrolled, adam': { unroll: 2, optimizer: 'adam', learningRate: 0.001 },
  'three steps unrolled, momentum, active readout': {
    unroll: 3,
    optimizer: 'momentum',
    learningRate: 0.001,
    readout: 'active',
  },
  'five steps unrolled, adam, active readout, thresholded': {
    unroll: 5,
    optimizer: 'adam',
    learningRate: 0.001,
    readout: 'active',
    winnerActivation: 'thresholded',
  },
  'five steps unrolled, rmsprop': { unroll: 5, optimizer: 'rmsprop', learningRate: 0.001 },
  'no error clip': { errorClip: 0 },
  'no warm-up': { warmup: 0 },
  momentum: { optimizer: 'momentum' },
  rmsprop: { optimizer: 'rmsprop', learningRate: 0.001 },
  adam: { optimizer: 'adam', learningRate: 0.001 },
  'momentum, active readout, no unroll': { optimizer: 'momentum', readout: 'active', unroll: 0 },
  'rmsprop, thresholded, no unroll': {
    optimizer: 'rmsprop',
    learningRate: 0.001,
    winnerActivation: 'thresholded',
    unroll: 0,
  },
  'a change predicted, five inputs, active readout, three decoders': {
    prediction: 'change',
    inputs: 5,
    readout: 'active',
    decoder: [9, 6],
  },
  conscience: { conscience: 1.5, dutyRate: 0.1 },
  'conscience, no homeostasis, 300 columns': {
    conscience: 3,
    dutyRate: 0.1,
    homeostasis: 'none',
    columns: 300,
    winners: 7,
    cellsPerColumn: 2,
  },
  'conscience, boost, thresholded': {
    conscience: 0.5,
    dutyRate: 0.1,
    homeostasis: 'boost',
    boostStrength: 1.5,
    winnerActivation: 'thresholded',
  },
  'decay to a final rate': { learningRate: 0.1, finalRate: 0.04, decay: 3 },
  'decay during the warm-up': { learningRate: 0.2, finalRate: 0.05, decay: 4, warmup: 30 },
  'rates of memory and biases': { memoryRate: 5, biasRate: 0.2 },
  'rates of memory and biases, active readout, momentum': {
    memoryRate: 5,
    biasRate: 0.2,
    readout: 'active',
    optimizer: 'momentum',
  },
  'rates of memory and biases, rmsprop': {
    memoryRate: 5,
    biasRate: 0.2,
    optimizer: 'rmsprop',
    learningRate: 0.001,
  },
  'rates of memory and biases, adam, no unroll': {
    memoryRate: 5,
    biasRate: 0.2,
    optimizer: 'adam',
    learningRate: 0.001,
    unroll: 0,
  },
  normalised,
  'normalised, three steps unrolled, active readout': { ...normalised, unroll: 3, readout: 'active' },
  'normalised, five steps unrolled, thresholded, a change predicted': {
    ...normalised,
    unroll: 5,
    winnerActivation: 'thresholded',
    prediction: 'change',
  },
  'normalised, active readout, no unroll': { ...normalised, readout: 'active', unroll: 0 },
  'normalised, five inputs, five decoders, error clip': {
    ...normalised,
    inputs: 5,
    decoder: [9, 6, 7, 5],
    errorClip: 0.1,
  },
  'normalised, large epsilon': { ...normalised, epsilon: 0.7 },
  'normalised, thresholded, boost, conscience': {
    ...normalised,
    winnerActivation: 'thresholded',
    homeostasis: 'boost',
    boostStrength: 1.5,
    conscience: 0.5,
    dutyRate: 0.1,
  },
  'normalised, 1024 columns': { ...normalised, columns: 1024, winners: 20, cellsPerColumn: 1 },
  'normalised, wide, a change predicted, conscience, decay': {
    ...normalised,
    inputs: 1,
    encoder: [256, 256],
    columns: 256,
    winners: 5,
    cellsPerColumn: 5,
    decoder: [256],
    prediction: 'change',
    conscience: 0.1,
    dutyRate: 0.0005,
    homeostasisRate: 0.0005,
    learningRate: 1,
    finalRate: 0.2,
    decay: 2000,
    encoderRate: 1.5e-4,
    memoryRate: 10,
    biasRate: 0.1,
    warmup: 0,
  },
};

const networks: Network[] = [];
afterEach(() => {
  for (const network of networks.splice(0)) network.dispose();
});

/** These have every kernel between them, with every optimiser that it updates for. */
const meetEveryKernel = [
  'the default network',
  'two steps unrolled, one cell per column',
  'three steps unrolled, momentum, active readout',
  'two steps unrolled, adam',
  'five steps unrolled, rmsprop',
  'three steps unrolled, 300 columns, many active cells',
  'five steps unrolled, adam, active readout, thresholded',
  'normalised, three steps unrolled, active readout',
  'normalised, five inputs, five decoders, error clip',
];

/** Sizes choose paths of the kernels: these take the others. */
const takeOtherPaths = [
  'sizes that are no multiples of four',
  '1024 columns',
  'thresholded, boost, 300 columns',
  'a change predicted, five inputs, active readout, three decoders',
  'eight steps unrolled, every column wins',
  'five steps unrolled, many cells per column',
];

const inPage = typeof document !== 'undefined';
// How work is cut concerns sums and shapes, not what is computed with them; and one compiler serves Node and the page. So
// both have every kernel, in both cuts; Node alone has every setting, and they share the other paths of a GPU's cut.
test.each(inPage ? meetEveryKernel : Object.keys(variants))("a CPU's cut: %s", name =>
  expectAgreement(variants[name]!, softwareGeometry),
);

test.each([...meetEveryKernel, ...takeOtherPaths.filter((_, i) => i % 2 === Number(inPage))])(
  "a GPU's cut: %s",
  name => expectAgreement(variants[name]!, hardwareGeometry),
);

/**
 * The CPU engine goes ahead; from where it stands, both go on for a few steps, and then everything that either knows
 * must agree. Optimisers that divide by the gradient's size blow up rounding, so they go a single step.
 */
async function expectAgreement(variant: Partial<NetworkConfig>, geometry: Geometry): Promise<void> {
  const config = parseNetwork({ ...smallConfig, ...variant });
  const cpu = createCpuNetwork(config, livelyState(config));
  await cpu.run(waves(config, 0, 8));
  const gpu = await gpuNetwork(config, await cpu.state(), { geometry });
  networks.push(gpu);

  const steps = config.optimizer === 'rmsprop' || config.optimizer === 'adam' ? 1 : 3;
  const rows = waves(config, 8, steps);
  const [expected, actual] = [await cpu.run(rows), await gpu.run(rows)];
  expect([...actual.winners]).toEqual([...expected.winners]);
  expect([...actual.bursting]).toEqual([...expected.bursting]);
  for (const field of ['input', 'target', 'prediction', 'loss'] as const)
    expectClose(field, actual[field], expected[field]);
  expect([actual.firstStep, actual.count]).toEqual([8, steps]);

  const tensors = [...savedTensors(config), ...activityTensors(config), ...gradientTensors(config)];
  const names = tensors.map(tensor => tensor.name);
  const [expectedTensors, actualTensors] = [await cpu.read(names), await gpu.read(names)];
  for (const name of names) expectClose(name, actualTensors.get(name)!, expectedTensors.get(name)!);
  const [{ clock }, { clock: expectedClock }] = [await gpu.state(), await cpu.state()];
  expect(clock).toMatchObject({ step: expectedClock.step, updates: expectedClock.updates });
  expect(clock.correction1).toBeCloseTo(expectedClock.correction1, 6);
  expect(clock.correction2).toBeCloseTo(expectedClock.correction2, 6);
}
