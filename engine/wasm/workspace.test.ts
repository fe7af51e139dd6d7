import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { livelyState, normalised, smallConfig, waves } from '../../test/networks.ts';
import { createCpuNetwork } from '../cpu/network.ts';
import type { NetworkConfig } from '../model/config.ts';
import { learnedTensors } from '../model/tensors.ts';
import { compileBinary } from './build.ts';

test('the binary is what its sources compile to: npm run build:wasm renews it', async () => {
  const kept = await readFile(new URL('binary.ts', import.meta.url), 'utf8');
  expect(await compileBinary()).toBe(kept);
});

const cases: Partial<NetworkConfig>[] = [
  {},
  // Wide enough for every block of a row, and a remainder.
  { encoder: [45], columns: 43, winners: 6, decoder: [71, 38] },
  { readout: 'active', unroll: 0 },
  { unroll: 3, conscience: 0.3, prediction: 'change', ...normalised },
  { winnerActivation: 'thresholded' },
  { homeostasis: 'boost', boostStrength: 2 },
  { homeostasis: 'none', cellsPerColumn: 1 },
];

describe.each(cases)('with %j, WebAssembly and TypeScript', changes => {
  const config = { ...smallConfig, ...changes };

  test('give the same results', async () => {
    const networks = (['webassembly', 'typescript'] as const).map(loops =>
      createCpuNetwork(config, livelyState(config), { loops }),
    );
    const [ours, theirs] = await Promise.all(networks.map(network => network.run(waves(config, 0, 100))));
    expect(ours!.winners).toEqual(theirs!.winners);
    expect(ours!.bursting).toEqual(theirs!.bursting);
    const apart = ours!.prediction.map((y, i) => Math.abs(y - theirs!.prediction[i]!));
    expect(Math.max(...apart)).toBeLessThan(1e-5);
    // They are two ways, not one: some sums are rounded differently.
    const names = learnedTensors(config).map(t => t.name);
    const [a, b] = await Promise.all(networks.map(network => network.read(names)));
    expect(a).not.toEqual(b);
  });
});
