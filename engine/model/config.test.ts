import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { ConfigError } from '../errors.ts';
import { parseNetwork, parseSettings, parseSignal } from './config.ts';
import { defaultPreset } from './presets.ts';

const { settings } = defaultPreset;
const cases = new URL('../../golden/cases/', import.meta.url);

function refusal(parse: () => unknown): ConfigError {
  try {
    parse();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('golden cases', () => {
  const files = readdirSync(cases).filter(name => name.endsWith('.json'));

  it('are there', () => expect(files.length).toBeGreaterThanOrEqual(11));

  test.each(files)(
    '%s has a config that is accepted, and means what it did before settings were added',
    name => {
      const { config } = JSON.parse(readFileSync(new URL(name, cases), 'utf8'));
      const noNoise = { inputNoise: 0, finalInputNoise: 0, inputNoiseSteps: 0 };
      const plainRate = { finalRate: 0, decay: 0, memoryRate: 1, biasRate: 1 };
      const added = { conscience: 0, prediction: 'value', ...plainRate, ...noNoise };
      expect(parseNetwork(config)).toEqual({ ...added, ...config });
    },
  );
});

describe('parseNetwork', () => {
  test.each<[string, object, string, RegExp]>([
    ['no winners', { winners: 0 }, 'winners', /at least 1/],
    ['half a winner', { winners: 2.5 }, 'winners', /whole number/],
    ['more winners than columns', { winners: 257 }, 'winners', /must not exceed the number of columns, 256/],
    [
      'thresholded winners without a loser',
      { winners: 256, winnerActivation: 'thresholded' },
      'winners',
      /must be below the number of columns, 256/,
    ],
    ['no encoder layer', { encoder: [] }, 'encoder', /at least one layer/],
    ['five encoder layers', { encoder: [1, 1, 1, 1, 1] }, 'encoder', /at most 4 layers/],
    ['an empty decoder layer', { decoder: [256, 0] }, 'decoder.1', /at least 1/],
    ['layers that are no list', { decoder: 256 }, 'decoder', /list of layer sizes/],
    ['an unknown optimiser', { optimizer: 'lion' }, 'optimizer', /sgd, momentum, rmsprop, adam/],
    ['nine steps of unrolling', { unroll: 9 }, 'unroll', /at most 8/],
    ['a rate that is not a number', { learningRate: Number.NaN }, 'learningRate', /a number/],
    ['an infinite rate', { learningRate: Number.POSITIVE_INFINITY }, 'learningRate', /finite|at most/],
    ['a number as text', { learningRate: '0.02' }, 'learningRate', /a number/],
    ['a negative clip', { errorClip: -0.1 }, 'errorClip', /at least 0/],
    ['a beta that never forgets', { beta1: 1 }, 'beta1', /at most/],
    ['no epsilon', { epsilon: 0 }, 'epsilon', /at least/],
    ['a field too many', { dropout: 0.1 }, 'dropout', /not a setting/],
    ['more cells than fit', { columns: 4096, cellsPerColumn: 9 }, 'columns', /36864 cells/],
  ])('refuses %s, and names the field', (_, change, path, problem) => {
    const error = refusal(() => parseNetwork({ ...settings.network, ...change }));
    expect(error.path).toBe(path);
    expect(error.problem).toMatch(problem);
    expect(error.message).toBe(`${path}: ${error.problem}`);
  });

  it('refuses a missing field', () => {
    const { beta2: _, ...rest } = settings.network;
    expect(refusal(() => parseNetwork(rest))).toMatchObject({ path: 'beta2', problem: 'is missing' });
  });

  test.each([null, undefined, 3, 'sine', []])('refuses %j', value => {
    expect(refusal(() => parseNetwork(value)).path).toMatch(/^(inputs)?$/);
  });

  it('accepts winners up to all columns, and cells up to the limit', () => {
    expect(parseNetwork({ ...settings.network, winners: 256 }).winners).toBe(256);
    const most = { ...settings.network, columns: 4096, cellsPerColumn: 8 };
    expect(parseNetwork(most)).toEqual(most);
  });
});

describe('parseSettings', () => {
  it('gives a path from the root of the settings', () => {
    expect(refusal(() => parseSettings({ ...settings, seed: -1 })).path).toBe('seed');
    expect(
      refusal(() => parseSettings({ ...settings, signal: { ...settings.signal, period: 1 } })).path,
    ).toBe('signal.period');
    const network = { ...settings.network, winners: 300 };
    expect(refusal(() => parseSettings({ ...settings, network })).path).toBe('network.winners');
  });

  it('accepts every 32-bit seed', () => {
    expect(parseSettings({ ...settings, seed: 2 ** 32 - 1 }).seed).toBe(2 ** 32 - 1);
    expect(refusal(() => parseSettings({ ...settings, seed: 2 ** 32 })).path).toBe('seed');
  });
});

test('parseSignal gives a path as the settings have it', () => {
  expect(refusal(() => parseSignal({ ...settings.signal, noise: -1 })).path).toBe('signal.noise');
});
