import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { livelyState, normalised, smallConfig, waves } from '../../test/networks.ts';
import { createCpuNetwork } from '../cpu/network.ts';
import type { NetworkConfig } from '../model/config.ts';
import { learnedTensors } from '../model/tensors.ts';
import { compileBinary } from './build.ts';
import { wasmWorkspace } from './workspace.ts';

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

test('a run in WebAssembly is the same to the last bit, in other batches and resumed', async () => {
  const config = { ...smallConfig, optimizer: 'adam' as const, learningRate: 0.003, unroll: 2 };
  const create = (state = livelyState(config)) => createCpuNetwork(config, state, { loops: 'webassembly' });
  const whole = create();
  const expected = await whole.run(waves(config, 0, 90));
  const pieces = create();
  await pieces.run(waves(config, 0, 1));
  await pieces.run(waves(config, 1, 40));
  // Looking at it changes nothing.
  await pieces.read(['optimizer.v.memory.weight']);
  await pieces.run(waves(config, 41, 9));
  const resumed = create(await pieces.state());
  for (const network of [pieces, resumed]) {
    const { prediction } = await network.run(waves(config, 50, 40));
    expect(prediction).toEqual(expected.prediction.subarray(-prediction.length));
    expect(await network.state()).toEqual(await whole.state());
  }
});

test.each([
  // Rows of whole blocks, and others.
  { decoder: [48, 16] },
  { decoder: [13] },
  { decoder: [24], readout: 'active' as const },
])(
  'weights that wait to be moved until they are next read move the same when they are looked at: %j',
  async changes => {
    const config: NetworkConfig = { ...smallConfig, ...normalised, encoder: [32], columns: 40, ...changes };
    const [alone, watched] = [
      createCpuNetwork(config, livelyState(config)),
      createCpuNetwork(config, livelyState(config)),
    ];
    const expected = await alone.run(waves(config, 0, 60));
    for (let t = 0; t < 60; t++) {
      const { prediction } = await watched.run(waves(config, t, 1));
      expect(prediction).toEqual(expected.prediction.subarray(t * config.inputs, (t + 1) * config.inputs));
      await watched.read(['decoder.0.weight']);
    }
    expect(await watched.state()).toEqual(await alone.state());
  },
);

test('networks that 32-bit pointers do not reach, and those of float64, run in TypeScript', async () => {
  const asked: number[] = [];
  const most = 2 ** 30;
  const none = wasmWorkspace(workspace => {
    asked.push(workspace.floats(most).length);
  });
  expect(none).toBeNull();
  expect(asked).toEqual([most]);
  const config = smallConfig;
  const runs = await Promise.all(
    ([{ precision: 'float64' }, { loops: 'typescript' }, {}] as const).map(options =>
      createCpuNetwork(config, livelyState(config), options as never).run(waves(config, 0, 5)),
    ),
  );
  expect(runs[1]!.prediction).not.toEqual(runs[2]!.prediction);
  expect(runs[0]!.prediction).toBeInstanceOf(Float64Array);
});
