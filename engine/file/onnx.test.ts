import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { describe, expect, it, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import { createCpuNetwork } from '../cpu/network.ts';
import { FileError } from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import { cellCount } from '../model/tensors.ts';
import type { StepRecords } from '../network.ts';
import { encodeOnnx } from './onnx.ts';

// Threads cost more than they save in networks this small.
env.wasm.numThreads = 1;

const small: NetworkConfig = {
  ...plainNetwork,
  inputs: 1,
  encoder: [24, 16],
  columns: 40,
  winners: 4,
  cellsPerColumn: 3,
  decoder: [16],
  optimizer: 'normalised',
  learningRate: 0.3,
  encoderRate: 0.02,
  warmup: 20,
};

/** Waves of several channels, [count, 2 * inputs]. */
function rows(inputs: number, start: number, count: number): Float32Array {
  const value = (step: number, channel: number) => Math.sin(step / 4 + channel) + 0.3 * Math.cos(step * 1.3);
  return Float32Array.from({ length: 2 * inputs * count }, (_, i) => {
    const step = start + Math.floor(i / (2 * inputs)) + (i % (2 * inputs) >= inputs ? 1 : 0);
    return value(step, i % inputs);
  });
}

interface Steps {
  expected: StepRecords;
  winners: number[];
  bursting: number[];
  prediction: number[];
  active: { expected: Float32Array; found: Float32Array };
}

/** 100 frozen steps of a network that has learned for 400, by the CPU engine and by ONNX Runtime. */
async function bothWays(config: NetworkConfig): Promise<Steps> {
  const network = createCpuNetwork(config, initialState(config, 5));
  await network.run(rows(config.inputs, 0, 400));
  network.setMode({ learning: false });
  const state = await network.state();
  const session = await InferenceSession.create(encodeOnnx(config, state));
  const given = rows(config.inputs, 400, 100);
  const expected = await network.run(given);
  const cells = cellCount(config);
  const steps = { winners: [] as number[], bursting: [] as number[], prediction: [] as number[] };
  let predictive = new Tensor('float32', state.tensors.get('state.predictive')!, [cells]);
  let active = new Float32Array(0);
  for (let step = 0; step < 100; step++) {
    const at = step * 2 * config.inputs;
    const input = new Tensor('float32', given.slice(at, at + config.inputs), [config.inputs]);
    const out = await session.run({ input, 'state.predictive': predictive });
    predictive = out['next.predictive'] as typeof predictive;
    active = out.active!.data as Float32Array<ArrayBuffer>;
    steps.winners.push(...Array.from(out.winners!.data as BigInt64Array, Number));
    steps.bursting.push(Number((out.bursting!.data as BigInt64Array)[0]));
    steps.prediction.push(...(out.prediction!.data as Float32Array));
  }
  const read = await network.read(['state.active']);
  await session.release();
  return { expected, ...steps, active: { expected: read.get('state.active')!, found: active } };
}

describe('one step as ONNX', () => {
  test.each<[string, Partial<NetworkConfig>]>([
    ['the predictive readout', {}],
    ['the active readout and two layers of a decoder', { readout: 'active', decoder: [8, 6] }],
    [
      'boosted columns',
      { homeostasis: 'boost', boostStrength: 3, dutyRate: 0.02, optimizer: 'adam', learningRate: 0.002 },
    ],
    ['columns without homeostasis', { homeostasis: 'none', optimizer: 'sgd', learningRate: 0.005 }],
    ['a conscience', { conscience: 0.5, dutyRate: 0.02 }],
    ['thresholded winners', { winnerActivation: 'thresholded', optimizer: 'sgd', learningRate: 0.005 }],
    [
      'thresholded winners, boosted and lifted',
      {
        winnerActivation: 'thresholded',
        homeostasis: 'boost',
        boostStrength: 2,
        conscience: 0.3,
        optimizer: 'sgd',
        learningRate: 0.005,
      },
    ],
    ['changes of several inputs', { prediction: 'change', inputs: 3 }],
    ['one cell a column', { cellsPerColumn: 1 }],
  ])('does 100 steps as the CPU engine does, with %s', async (_, changes) => {
    const config = { ...small, ...changes };
    const { expected, winners, bursting, prediction, active } = await bothWays(config);
    expect(winners).toEqual([...expected.winners]);
    expect(bursting).toEqual([...expected.bursting]);
    const worst = prediction.reduce((most, y, i) => Math.max(most, Math.abs(y - expected.prediction[i]!)), 0);
    expect(worst).toBeLessThan(1e-4);
    expect(Math.max(...active.found.map((a, i) => Math.abs(a - active.expected[i]!)))).toBeLessThan(1e-4);
    // The comparison means something: winners and predictions change, by far more than they differ.
    expect(new Set(winners).size).toBeGreaterThan(config.winners);
    const range = Math.max(...expected.prediction) - Math.min(...expected.prediction);
    expect(range).toBeGreaterThan(1000 * worst);
  });

  it('gives equal columns to the lower index, and bursts where nothing was predicted', async () => {
    const state = initialState(small, 1);
    state.tensors.get('pooler.weight')!.fill(0);
    const session = await InferenceSession.create(encodeOnnx(small, state));
    const cells = cellCount(small);
    const out = await session.run({
      input: new Tensor('float32', [0.5], [1]),
      'state.predictive': new Tensor('float32', new Float32Array(cells), [cells]),
    });
    expect([...(out.winners!.data as BigInt64Array)]).toEqual([0n, 1n, 2n, 3n]);
    expect([...(out.bursting!.data as BigInt64Array)]).toEqual([4n]);
  });

  it('names what goes in and out', async () => {
    const session = await InferenceSession.create(encodeOnnx(small, initialState(small, 1)));
    expect(session.inputNames).toEqual(['input', 'state.predictive']);
    expect(session.outputNames).toEqual(['prediction', 'next.predictive', 'active', 'winners', 'bursting']);
  });

  it('refuses a network that no ONNX file can hold, before it makes room for one', () => {
    const large = { ...small, columns: 4096, cellsPerColumn: 8 };
    const nothing = { tensors: new Map(), clock: { step: 0, updates: 0, correction1: 0, correction2: 0 } };
    expect(() => encodeOnnx(large, nothing)).toThrow(/at most 2 GB, and this network's weights are 4\.3 GB/);
    expect(() => encodeOnnx(large, nothing)).toThrow(FileError);
    expect(() => encodeOnnx(small, nothing)).toThrow(/no tensor "encoder.0.weight"/);
  });

  it('refuses a network that has diverged', () => {
    const state = initialState(small, 1);
    state.tensors.get('memory.bias')![3] = Number.NaN;
    expect(() => encodeOnnx(small, state)).toThrow(/"memory.bias" .* diverged/);
    expect(() => encodeOnnx(small, state)).toThrow(FileError);
  });
});
