import { beforeEach, describe, expect, test } from 'vitest';
import { config, create, rows } from '../../test/two-channels.ts';
import { ConfigError, DisposedError, FileError } from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
import { activityTensors, elementCount, gradientTensors, savedTensors } from '../model/tensors.ts';
import type { Network, NetworkState } from '../network.ts';
import { createCpuNetwork } from './network.ts';

let network: Network;
beforeEach(() => {
  network = create();
});

describe('tensors', () => {
  test.each(['sgd', 'momentum', 'rmsprop', 'adam'] as const)('all are there with %s', async optimizer => {
    const changed = { ...config, optimizer };
    const expected = [...savedTensors(changed), ...activityTensors(changed), ...gradientTensors(changed)];
    const values = await create({ optimizer }).read(expected.map(t => t.name));
    expect([...values].map(([name, v]) => [name, v.length])).toEqual(
      expected.map(t => [t.name, elementCount(t.shape)]),
    );
  });

  test('of another name are refused', async () => {
    await expect(network.read(['pooler.weight', 'pooler.wait'])).rejects.toThrow(ConfigError);
  });

  test('show the last step, and the state it started from', async () => {
    await network.run(rows(0, 20));
    const before = await network.read(['state.active', 'state.predictive']);
    const { prediction, winners, input } = await network.run(rows(20, 1));
    const after = await network.read(activityTensors(config).map(t => t.name));
    expect(after.get('previous.active')).toEqual(before.get('state.active'));
    expect(after.get('previous.predictive')).toEqual(before.get('state.predictive'));
    expect(after.get('activity.input')).toEqual(input);
    expect(after.get('activity.prediction')).toEqual(prediction);
    expect([...after.get('activity.winners')!]).toEqual([...winners]);
    const column = after.get('activity.column')!;
    const score = after.get('activity.score')!;
    expect([...column]).toEqual([...score].map((o, j) => (winners.includes(j) ? o : 0)));
  });
});

describe('save and restore', () => {
  test.each<Partial<NetworkConfig>>([
    ...(['sgd', 'momentum', 'rmsprop', 'adam', 'normalised'] as const).map(optimizer => ({ optimizer })),
    { unroll: 2 },
    { unroll: 5, optimizer: 'normalised', prediction: 'change', conscience: 0.2 },
    { inputNoise: 0.1, finalInputNoise: 0.02, inputNoiseSteps: 60 },
  ])('go on bit for bit with %j', async changes => {
    const rate = { ...changes, learningRate: 0.003 };
    const first = create(rate);
    await first.run(rows(0, 40));
    const saved = await first.state();
    const fresh = createCpuNetwork({ ...config, ...rate }, saved);
    const used = create(rate);
    await used.run(rows(7, 11));
    await used.restore(saved);
    const expected = await first.run(rows(40, 40));
    const end = await first.state();
    expect(end.clock).toMatchObject({ step: 80, updates: 80 });
    for (const other of [fresh, used]) {
      expect(await other.run(rows(40, 40))).toEqual(expected);
      expect(await other.state()).toEqual(end);
    }
  });

  test.each(['value', 'change'] as const)(
    'go on bit for bit in the middle of a dream of %ss',
    async prediction => {
      const network = create({ prediction });
      await network.run(rows(0, 40));
      network.setMode({ freeRun: true });
      await network.run(rows(40, 5));
      const other = createCpuNetwork({ ...config, prediction }, await network.state());
      other.setMode({ freeRun: true });
      expect(await other.run(rows(45, 20))).toEqual(await network.run(rows(45, 20)));
    },
  );

  test('a dream of changes is fed nothing larger than what was learned from', async () => {
    const network = create({ prediction: 'change', optimizer: 'normalised', learningRate: 0.5 });
    await network.run(rows(0, 60));
    const { tensors, clock } = await network.state();
    const given = rows(0, 60);
    const reach = [0, 1].map(i => Math.max(...given.filter((_, at) => at % 4 === i).map(Math.abs)));
    expect([...tensors.get('state.reach')!]).toEqual(reach);
    // A last layer that adds to every prediction.
    tensors.get('decoder.2.bias')!.fill(5);
    await network.restore({ tensors, clock });
    network.setMode({ freeRun: true });
    const { input, prediction } = await network.run(rows(60, 20));
    expect([...input.subarray(2)]).toEqual(Array.from({ length: 38 }, (_, i) => reach[i % 2]));
    expect(Math.min(...prediction.subarray(4))).toBeGreaterThan(2);
    // Frozen steps are no lesson.
    network.setMode({ learning: false, freeRun: false });
    await network.run(Float32Array.of(9, 9, 0, 0));
    expect([...(await network.read(['state.reach'])).get('state.reach')!]).toEqual(reach);
  });

  test('a saved state is a copy', async () => {
    const saved = await network.state();
    const weight = saved.tensors.get('memory.weight')!.slice();
    await network.run(rows(0, 5));
    expect(saved.tensors.get('memory.weight')).toEqual(weight);
    expect(saved.clock.step).toBe(0);
    saved.tensors.get('pooler.bias')!.fill(Number.NaN);
    expect((await network.read(['pooler.bias'])).get('pooler.bias')).not.toContain(Number.NaN);
  });

  test('a restored network has no step behind it', async () => {
    const saved = await network.state();
    await network.run(rows(0, 20));
    await network.restore(saved);
    const names = ['previous.active', 'previous.predictive', 'activity.overlap', 'activity.column'];
    const values = await network.read([...names, ...gradientTensors(config).map(t => t.name)]);
    for (const [name, zeros] of values)
      expect(
        zeros.every(value => value === 0),
        name,
      ).toBe(true);
  });

  const damages: [string, (state: NetworkState) => void][] = [
    ['a missing tensor', s => s.tensors.delete('decoder.1.bias')],
    ['a missing state', s => s.tensors.delete('state.active')],
    ['a shorter tensor', s => s.tensors.set('pooler.duty', new Float32Array(config.columns - 1))],
    ['a longer tensor', s => s.tensors.set('memory.bias', new Float32Array(1000))],
    ['a negative step', s => Object.assign(s.clock, { step: -1 })],
    ['half an update', s => Object.assign(s.clock, { updates: 0.5 })],
    ['no correction', s => Object.assign(s.clock, { correction2: Number.NaN })],
    ['a correction above 1', s => Object.assign(s.clock, { correction1: 1.5 })],
  ];

  test.each(damages)('%s is refused, and nothing has changed', async (_, damage) => {
    await network.run(rows(0, 10));
    const before = await network.state();
    const damaged = await create().state();
    damage(damaged);
    await expect(network.restore(damaged)).rejects.toThrow(FileError);
    expect(await network.state()).toEqual(before);
    expect(() => createCpuNetwork(config, damaged)).toThrow(FileError);
  });
});

test('equal scores go to the lower column: at the first step all are zero', async () => {
  const { winners } = await network.run(rows(0, 1));
  expect([...winners]).toEqual([0, 1, 2]);
});

test('steps are numbered through', async () => {
  expect(await network.run(rows(0, 3))).toMatchObject({ firstStep: 0, count: 3 });
  expect(await network.run(rows(3, 2))).toMatchObject({ firstStep: 3, count: 2 });
  expect(await network.run(new Float32Array(0))).toMatchObject({ firstStep: 5, count: 0 });
});

test('the same steps in other batches give the same numbers', async () => {
  const whole = await network.run(rows(0, 30));
  const pieces = create();
  const parts = [await pieces.run(rows(0, 1)), await pieces.run(rows(1, 17)), await pieces.run(rows(18, 12))];
  expect(parts.flatMap(p => [...p.prediction])).toEqual([...whole.prediction]);
  expect(await pieces.state()).toEqual(await network.state());
});

test('rows of another width are refused', async () => {
  await expect(network.run(new Float32Array(6))).rejects.toThrow(ConfigError);
});

test('a network disposed of says so', async () => {
  const state = await network.state();
  network.dispose();
  await expect(network.run(rows(0, 1))).rejects.toThrow(DisposedError);
  await expect(network.read([])).rejects.toThrow(DisposedError);
  await expect(network.state()).rejects.toThrow(DisposedError);
  await expect(network.restore(state)).rejects.toThrow(DisposedError);
  expect(() => network.setMode({})).toThrow(DisposedError);
  expect(() => network.setLive({})).toThrow(DisposedError);
});
