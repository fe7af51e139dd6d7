import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gpuNetwork, smallConfig, waves } from '../../test/networks.ts';
import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import type { Network, NetworkState } from '../network.ts';
import { hardwareGeometry, softwareGeometry } from './geometry.ts';

const configFor = (columns: number, winners: number): NetworkConfig =>
  parseNetwork({ ...smallConfig, columns, winners, cellsPerColumn: 1, homeostasis: 'none' });

/** A state whose columns have these scores: their biases, with nothing else to add. */
function stateOf(config: NetworkConfig, scores: readonly number[]): NetworkState {
  const state = initialState(config, 1);
  state.tensors.get('pooler.weight')!.fill(0);
  state.tensors.get('pooler.bias')!.set(scores);
  return state;
}

/** The winners of a first step among columns of these scores. */
async function winnersAmong(scores: readonly number[], winners: number, geometry = softwareGeometry) {
  const config = configFor(scores.length, winners);
  const network = await gpuNetwork(config, stateOf(config, scores), { geometry });
  try {
    return [...(await network.run(waves(config, 0, 1))).winners];
  } finally {
    network.dispose();
  }
}

/** By descending score, of equal ones the lower index first. */
const expected = (scores: readonly number[], winners: number): number[] =>
  scores
    .map((score, index) => ({ score: Math.fround(score), index }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, winners)
    .map(({ index }) => index);

const pattern = (columns: number, score: (index: number) => number) =>
  Array.from({ length: columns }, (_, index) => score(index));

describe.each([
  { columns: 100, way: 'picked one by one', geometry: softwareGeometry },
  { columns: 100, way: 'counted', geometry: hardwareGeometry },
  { columns: 300, way: 'selected by digits', geometry: softwareGeometry },
  { columns: 1000, way: 'selected by digits', geometry: softwareGeometry },
])('$columns columns, $way', ({ columns, geometry }) => {
  const config = configFor(columns, 17);
  let network: Network;
  beforeAll(async () => {
    network = await gpuNetwork(config, initialState(config, 1), { geometry });
  });
  afterAll(() => network.dispose());

  test.each<[string, (index: number) => number]>([
    ['few distinct scores, many ties', i => (i * 7) % 5],
    ['all equal', () => 0.25],
    ['zeros of both signs are equal', i => [0, -0, -1, -0, 0][i % 5]!],
    ['all negative', i => -1 - ((i * 31) % 97)],
    ['both signs, many magnitudes', i => Math.sin(i * 12.9898) * 10 ** ((i % 13) - 6)],
    ['neighbouring numbers', i => 1 + ((i * 61) % 127) * 2 ** -23],
  ])('%s', async (_, score) => {
    const scores = pattern(columns, score);
    await network.restore(stateOf(config, scores));
    const { winners } = await network.run(waves(config, 0, 1));
    expect([...winners]).toEqual(expected(scores, 17));
  });
});

test.each([300, 1000])('%i columns with the lanes of a GPU', async columns => {
  const scores = pattern(columns, i => Math.round(Math.sin(i * 78.233) * 20) / 4);
  expect(await winnersAmong(scores, 33, hardwareGeometry)).toEqual(expected(scores, 33));
});

test('more winners than lanes', async () => {
  const scores = pattern(700, i => Math.cos(i * 3.7));
  expect(await winnersAmong(scores, 500)).toEqual(expected(scores, 500));
});
