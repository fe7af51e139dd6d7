import { beforeEach, describe, expect, test } from 'vitest';
import { config, create, learnedNames, rows } from '../../test/two-channels.ts';
import type { Network } from '../network.ts';

let network: Network;
beforeEach(() => {
  network = create();
});

describe('learning switched off', () => {
  test.each(['sgd', 'adam'] as const)(
    'weights, slots and statistics stand still with %s',
    async optimizer => {
      const frozen = create({ optimizer });
      await frozen.run(rows(0, 30));
      const before = await frozen.state();
      frozen.setMode({ learning: false });
      const records = await frozen.run(rows(30, 10));
      const after = await frozen.state();
      for (const name of learnedNames({ ...config, optimizer }))
        expect(after.tensors.get(name), name).toEqual(before.tensors.get(name));
      expect(after.clock).toEqual({ ...before.clock, step: 40 });
      expect(after.tensors.get('state.active')).not.toEqual(before.tensors.get('state.active'));
      expect(records.loss.every(loss => loss > 0)).toBe(true);
      expect(records.input).not.toEqual(records.prediction);

      frozen.setMode({ learning: true });
      await frozen.run(rows(40, 1));
      const moved = await frozen.state();
      for (const name of learnedNames({ ...config, optimizer }))
        expect(moved.tensors.get(name), name).not.toEqual(after.tensors.get(name));
    },
  );

  test('scores come from the frozen mean and variance', async () => {
    await network.run(rows(0, 30));
    network.setMode({ learning: false });
    await network.run(rows(33, 1));
    const names = ['activity.overlap', 'activity.score', 'pooler.mean', 'pooler.variance'];
    const [overlap, score, mean, variance] = [...(await network.read(names)).values()];
    overlap!.forEach((r, j) => {
      expect(score![j]).toBeCloseTo((r - mean![j]!) / Math.sqrt(variance![j]! + 0.01), 5);
    });
  });
});

describe('free run', () => {
  test('each input is the prediction before it, and nothing is learned', async () => {
    const { prediction: last } = await network.run(rows(0, 30));
    const before = await network.state();
    network.setMode({ freeRun: true });
    const stream = rows(30, 10);
    const { input, target, prediction, loss } = await network.run(stream);
    const after = await network.state();
    expect(input.subarray(0, 2)).toEqual(last.subarray(-2));
    expect(input.subarray(2)).toEqual(prediction.subarray(0, -2));
    expect([...target]).toEqual([...stream].filter((_, i) => i % 4 > 1));
    const error = prediction.map((y, i) => (y - target[i]!) ** 2);
    loss.forEach((l, i) => {
      expect(l).toBeCloseTo((error[2 * i]! + error[2 * i + 1]!) / 2, 6);
    });
    for (const name of learnedNames())
      expect(after.tensors.get(name), name).toEqual(before.tensors.get(name));
    expect(after.clock).toEqual({ ...before.clock, step: 40 });
  });

  test('goes back to the stream', async () => {
    network.setMode({ freeRun: true });
    await network.run(rows(0, 3));
    network.setMode({ freeRun: false });
    const stream = rows(3, 1);
    const { input } = await network.run(stream);
    expect(input).toEqual(stream.subarray(0, 2));
    expect((await network.state()).clock.updates).toBe(1);
  });
});

describe('schedule', () => {
  const biasChange = async (n: Network): Promise<number> => {
    const name = 'decoder.2.bias';
    const before = (await n.read([name])).get(name)![0]!;
    await n.run(rows(0, 1));
    const after = await n.read([name, `gradient.${name}`]);
    return (before - after.get(name)![0]!) / after.get(`gradient.${name}`)![0]!;
  };

  test('without a warm-up the first step has the full rate', async () => {
    expect(await biasChange(create({ warmup: 0 }))).toBeCloseTo(config.learningRate, 5);
  });

  test('the warm-up raises the rate by equal steps', async () => {
    expect(await biasChange(network)).toBeCloseTo(config.learningRate / 10, 5);
    expect(await biasChange(network)).toBeCloseTo((2 * config.learningRate) / 10, 5);
  });

  test('a live rate takes effect at the next run', async () => {
    network.setLive({ learningRate: 0.5, warmup: 0 });
    expect(await biasChange(network)).toBeCloseTo(0.5, 5);
  });

  test('a live change of beta leaves the past of the corrections alone', async () => {
    await network.run(rows(0, 2));
    network.setLive({ beta1: 0.5 });
    await network.run(rows(2, 1));
    const { clock } = await network.state();
    expect(clock.correction1).toBeCloseTo(1 - 0.9 * 0.9 * 0.5, 12);
    expect(clock.correction2).toBeCloseTo(1 - 0.999 ** 3, 12);
  });

  test('a bad live value is refused by name, and none of the others is taken', async () => {
    expect(() => network.setLive({ warmup: 0, learningRate: 11 })).toThrow(/^learningRate: /);
    expect(await biasChange(network)).toBeCloseTo(config.learningRate / 10, 5);
  });
});
