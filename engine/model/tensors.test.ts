import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import {
  activityTensors,
  cellCount,
  elementCount,
  gradientTensors,
  learnedTensors,
  optimizerTensors,
  savedTensors,
  stateTensors,
} from './tensors.ts';

const config = plainNetwork;
const shapes = (tensors: { name: string; shape: readonly number[] }[]) =>
  Object.fromEntries(tensors.map(t => [t.name, t.shape]));

const cases = new URL('../../golden/cases/', import.meta.url);

describe('learnedTensors', () => {
  it('are those of the described network', () => {
    expect(shapes(learnedTensors(config))).toEqual({
      'encoder.0.weight': [256, 1],
      'encoder.0.bias': [256],
      'encoder.1.weight': [256, 256],
      'encoder.1.bias': [256],
      'pooler.weight': [256, 256],
      'pooler.bias': [256],
      'memory.weight': [1280, 1280],
      'memory.bias': [1280],
      'decoder.0.weight': [256, 1280],
      'decoder.0.bias': [256],
      'decoder.1.weight': [1, 256],
      'decoder.1.bias': [1],
    });
  });

  it('start with the means and variances that were found to learn best', () => {
    const means = learnedTensors(config).filter(t => t.initialMean !== 0);
    expect(means.map(t => [t.name, t.initialMean])).toEqual([['memory.bias', 0.02]]);
    const variances = Object.fromEntries(learnedTensors(config).map(t => [t.name, t.initialVariance]));
    expect(variances).toEqual({
      'encoder.0.weight': 8,
      'encoder.0.bias': 4,
      'encoder.1.weight': 2 / 256,
      'encoder.1.bias': 0,
      'pooler.weight': 4 / 256,
      'pooler.bias': 0,
      'memory.weight': 0.01 ** 2 / 5,
      'memory.bias': 0,
      'decoder.0.weight': 2 / 1280,
      'decoder.0.bias': 0,
      'decoder.1.weight': 1 / 256,
      'decoder.1.bias': 0,
    });
  });

  it('follow the numbers of layers, inputs and cells', () => {
    const odd = { ...config, inputs: 3, encoder: [7], columns: 11, cellsPerColumn: 2, decoder: [5, 4] };
    expect(shapes(learnedTensors(odd))).toEqual({
      'encoder.0.weight': [7, 3],
      'encoder.0.bias': [7],
      'pooler.weight': [11, 7],
      'pooler.bias': [11],
      'memory.weight': [22, 22],
      'memory.bias': [22],
      'decoder.0.weight': [5, 22],
      'decoder.0.bias': [5],
      'decoder.1.weight': [4, 5],
      'decoder.1.bias': [4],
      'decoder.2.weight': [3, 4],
      'decoder.2.bias': [3],
    });
  });

  test.each(readdirSync(cases).filter(name => name.endsWith('.json')))(
    'have the names and shapes of %s',
    name => {
      const golden = JSON.parse(readFileSync(new URL(name, cases), 'utf8'));
      expect(shapes(learnedTensors(golden.config))).toEqual(golden.shapes);
    },
  );
});

describe('the tensors of a file', () => {
  it('are the learned ones, the state, and the optimiser’s slots', () => {
    const learned = learnedTensors(config).map(t => t.name);
    const state = ['pooler.mean', 'pooler.variance', 'pooler.duty', 'state.predictive', 'state.active'];
    const slots = (...names: string[]) => names.flatMap(s => learned.map(t => `optimizer.${s}.${t}`));
    for (const [optimizer, expected] of [
      ['sgd', []],
      ['momentum', slots('m')],
      ['rmsprop', slots('v')],
      ['adam', slots('m', 'v')],
    ] as const) {
      const names = savedTensors({ ...config, optimizer }).map(t => t.name);
      expect(names).toEqual([...learned, ...state, ...expected]);
    }
  });

  it('give a slot the shape of its tensor, and state one value for each column or cell', () => {
    const all = shapes(learnedTensors(config));
    for (const { name, shape } of optimizerTensors({ ...config, optimizer: 'adam' }))
      expect(shape).toEqual(all[name.replace(/^optimizer\.[mv]\./, '')]);
    expect(stateTensors(config).map(t => elementCount(t.shape))).toEqual([256, 256, 256, 1280, 1280]);
  });
});

test('every tensor of a network has a name of its own', () => {
  const everything = [
    ...savedTensors({ ...config, optimizer: 'adam' }),
    ...activityTensors(config),
    ...gradientTensors(config),
  ].map(t => t.name);
  expect(new Set(everything).size).toBe(everything.length);
});

test('gradients are those of the learned tensors', () => {
  const learned = learnedTensors(config).map(t => [`gradient.${t.name}`, t.shape]);
  expect(gradientTensors(config).map(t => [t.name, t.shape])).toEqual(learned);
});

test('counts', () => {
  expect(cellCount(config)).toBe(1280);
  expect(elementCount([3, 4, 5])).toBe(60);
  expect(elementCount([])).toBe(1);
});
