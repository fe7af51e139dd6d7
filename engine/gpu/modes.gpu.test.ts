import { afterEach, describe, expect, test } from 'vitest';
import { expectClose } from '../../test/expect-close.ts';
import { gpuNetwork, livelyState, normalised, smallConfig, waves } from '../../test/networks.ts';
import { createCpuNetwork } from '../cpu/network.ts';
import { ConfigError } from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
import { gradientTensors, learnedTensors, optimizerTensors, savedTensors } from '../model/tensors.ts';
import type { LiveParameters, Network } from '../network.ts';

const config: NetworkConfig = { ...smallConfig, optimizer: 'momentum', learningRate: 0.005 };
const slow = [
  ...learnedTensors(config).map(t => t.name),
  ...optimizerTensors(config).map(t => t.name),
  'pooler.mean',
  'pooler.variance',
  'pooler.duty',
];

const networks: Network[] = [];
afterEach(() => {
  for (const network of networks.splice(0)) network.dispose();
});

async function create(changes: Partial<NetworkConfig> = {}): Promise<Network> {
  const changed = { ...config, ...changes };
  const network = await gpuNetwork(changed, livelyState(changed));
  networks.push(network);
  return network;
}

describe('without learning', () => {
  test('weights, slots and statistics stand still while activity goes on', async () => {
    const network = await create();
    await network.run(waves(config, 0, 6));
    network.setMode({ learning: false });
    const before = await network.read([...slow, 'state.predictive']);
    const { clock } = await network.state();
    const records = await network.run(waves(config, 6, 4));
    const after = await network.read([...slow, 'state.predictive']);
    for (const name of slow) expect(after.get(name), name).toEqual(before.get(name));
    expect(after.get('state.predictive')).not.toEqual(before.get('state.predictive'));
    expect((await network.state()).clock).toEqual({ ...clock, step: 10 });
    expect(records.firstStep).toBe(6);
  });

  test('it does what the CPU engine does, and goes on learning after', async () => {
    const network = await create();
    const cpu = createCpuNetwork(config, livelyState(config));
    for (const learning of [true, false, true]) {
      for (const engine of [network, cpu]) engine.setMode({ learning });
      const [actual, expected] = [await network.run(waves(config, 0, 4)), await cpu.run(waves(config, 0, 4))];
      expect([...actual.winners]).toEqual([...expected.winners]);
      expectClose('prediction', actual.prediction, expected.prediction);
    }
    expect((await network.state()).clock.updates).toBe(8);
  });

  test('nor do normalised steps move anything', async () => {
    const network = await create(normalised);
    await network.run(waves(config, 0, 6));
    network.setMode({ learning: false });
    const weights = learnedTensors(config).map(t => t.name);
    const before = await network.read(weights);
    await network.run(waves(config, 6, 4));
    expect(await network.read(weights)).toEqual(before);
  });

  test.each([1, 4])('gradients are those of the last step all the same, %i unrolled', async unroll => {
    const unrolled = { ...config, unroll };
    const network = await create(unrolled);
    const cpu = createCpuNetwork(unrolled, livelyState(unrolled));
    for (const engine of [network, cpu]) {
      await engine.run(waves(config, 0, 3));
      engine.setMode({ learning: false });
      await engine.run(waves(config, 3, 3));
    }
    const names = ['gradient.memory.weight', 'gradient.memory.bias'];
    const [actual, expected] = [await network.read(names), await cpu.read(names)];
    for (const name of names) {
      expect(expected.get(name)!.some(value => Math.abs(value) > 1e-3)).toBe(true);
      expectClose(name, actual.get(name)!, expected.get(name)!);
    }
  });
});

describe('in free run', () => {
  test("each input is the step's before prediction, exactly, and nothing learns", async () => {
    const network = await create();
    const { prediction: last } = await network.run(waves(config, 0, 5));
    const before = await network.read(slow);
    network.setMode({ freeRun: true });
    const { input, target, prediction } = await network.run(waves(config, 5, 6));
    expect(input).toEqual(new Float32Array([...last.slice(-2), ...prediction.slice(0, -2)]));
    const rows = waves(config, 5, 6);
    expect(target).toEqual(
      new Float32Array([0, 4, 8, 12, 16, 20].flatMap(at => [...rows.slice(at + 2, at + 4)])),
    );
    const after = await network.read(slow);
    for (const name of slow) expect(after.get(name), name).toEqual(before.get(name));
  });

  test.each([
    ['predictive', 'value'],
    ['active', 'value'],
    ['predictive', 'change'],
    ['active', 'change'],
  ] as const)(
    'a restored %s readout that predicts a %s goes on dreaming bit for bit',
    async (readout, prediction) => {
      const network = await create({ readout, prediction });
      await network.run(waves(config, 0, 8));
      network.setMode({ freeRun: true });
      await network.run(waves(config, 8, 5));
      const state = await network.state();
      const expected = await network.run(waves(config, 13, 5));

      const other = await create({ readout, prediction });
      other.setMode({ freeRun: true });
      await other.restore(state);
      expect(await other.run(waves(config, 13, 5))).toEqual(expected);
    },
  );

  test('what the CPU engine began, and its input of then, the GPU dreams on', async () => {
    const changed: NetworkConfig = { ...config, ...normalised, inputs: 3, prediction: 'change' };
    const cpu = createCpuNetwork(changed, livelyState(changed));
    cpu.setMode({ learning: false });
    await cpu.run(waves(changed, 0, 8));
    const network = await gpuNetwork(changed, await cpu.state());
    networks.push(network);
    for (const engine of [network, cpu]) engine.setMode({ freeRun: true });
    const rows = waves(changed, 8, 5);
    const [actual, expected] = [await network.run(rows), await cpu.run(rows)];
    expectClose('input', actual.input, expected.input);
    expectClose('prediction', actual.prediction, expected.prediction);
  });

  test('a network that never ran dreams of what its decoder says of nothing, as on the CPU', async () => {
    const network = await create();
    const cpu = createCpuNetwork(config, livelyState(config));
    for (const engine of [network, cpu]) engine.setMode({ freeRun: true });
    const [actual, expected] = [await network.run(waves(config, 0, 3)), await cpu.run(waves(config, 0, 3))];
    expect(Math.abs(expected.input[0]!)).toBeGreaterThan(1e-3);
    expectClose('input', actual.input, expected.input);
  });
});

test.each<Partial<NetworkConfig>>([
  { unroll: 2 },
  { ...normalised, unroll: 5, prediction: 'change' },
  { optimizer: 'sgd', learningRate: 0.02, unroll: 4, readout: 'active' },
])('what unrolled steps need is kept also of steps that are frozen or dreamt: %o', async changes => {
  const unrolled = { ...config, ...changes };
  const [network, cpu] = [await create(unrolled), createCpuNetwork(unrolled, livelyState(unrolled))];
  const modes = [
    { learning: true, freeRun: false },
    { learning: false, freeRun: false },
    { learning: true, freeRun: true },
    { learning: true, freeRun: false },
  ];
  let step = 0;
  for (const mode of modes) {
    const rows = waves(unrolled, step, 2);
    for (const engine of [network, cpu]) {
      engine.setMode(mode);
      await engine.run(rows);
    }
    step += 2;
    const names = [...savedTensors(unrolled), ...gradientTensors(unrolled)].map(t => t.name);
    const [actual, expected] = [await network.read(names), await cpu.read(names)];
    for (const name of names) expectClose(name, actual.get(name)!, expected.get(name)!);
  }
});

test('what the GPU began, the CPU engine goes on with, unrolled steps included', async () => {
  const unrolled = { ...config, ...normalised, unroll: 5 };
  const network = await create(unrolled);
  await network.run(waves(unrolled, 0, 8));
  const cpu = createCpuNetwork(unrolled, await network.state());
  const rows = waves(unrolled, 8, 3);
  const [actual, expected] = [await network.run(rows), await cpu.run(rows)];
  expect([...actual.winners]).toEqual([...expected.winners]);
  const names = savedTensors(unrolled).map(t => t.name);
  const [tensors, expectedTensors] = [await network.read(names), await cpu.read(names)];
  for (const name of names) expectClose(name, tensors.get(name)!, expectedTensors.get(name)!);
});

describe('live parameters', () => {
  test('hold from the next run on, in the order of the calls', async () => {
    const network = await create();
    const first = network.run(waves(config, 0, 4));
    const afterFirst = network.read(slow);
    network.setLive({ learningRate: 0, dutyRate: 1e-6, homeostasisRate: 1e-6 });
    const second = network.run(waves(config, 4, 4));
    network.setLive({ learningRate: 0.01 });
    const third = network.read(slow);
    await Promise.all([first, second]);
    const weights = learnedTensors(config).map(t => t.name);
    for (const name of weights) expect((await third).get(name), name).toEqual((await afterFirst).get(name));
    await network.run(waves(config, 8, 2));
    const last = await network.read(weights);
    expect(last.get('decoder.1.bias')).not.toEqual((await third).get('decoder.1.bias'));
  });

  test.each<[string, Partial<NetworkConfig>, Partial<LiveParameters>]>([
    ['a conscience', {}, { conscience: 4 }],
    ['none any more', { conscience: 4 }, { conscience: 0 }],
    ['a conscience beside boost', { homeostasis: 'boost', boostStrength: 1 }, { conscience: 1 }],
    ['a decay', {}, { decay: 2, finalRate: 0.5 }],
    ['rates of memory and biases', {}, { memoryRate: 7, biasRate: 0.1 }],
    ['rates of normalised steps', normalised, { memoryRate: 1, biasRate: 3, epsilon: 0.5 }],
  ])('%s, taken up on the way, tells at once, and as on the CPU', async (_, changes, live) => {
    const changed = { ...config, dutyRate: 0.1, learningRate: 0.02, ...changes };
    const [gpu, cpu, asBefore] = [
      await create(changed),
      createCpuNetwork(changed, livelyState(changed)),
      createCpuNetwork(changed, livelyState(changed)),
    ];
    for (const engine of [gpu, cpu, asBefore]) {
      await engine.run(waves(changed, 0, 6));
      if (engine !== asBefore) engine.setLive(live);
    }
    const rows = waves(changed, 6, 4);
    const [actual, expected, old] = [await gpu.run(rows), await cpu.run(rows), await asBefore.run(rows)];
    expect([...actual.winners]).toEqual([...expected.winners]);
    expectClose('prediction', actual.prediction, expected.prediction);
    const name = 'decoder.1.bias';
    const [moved, cpuMoved] = [(await gpu.read([name])).get(name)!, (await cpu.read([name])).get(name)!];
    expectClose(name, moved, cpuMoved);
    const apart = expected.prediction.map((y, i) => Math.abs(y - old.prediction[i]!));
    expect(Math.max(...apart)).toBeGreaterThan(1e-3);
  });

  test('that the config would refuse are refused, and nothing changes', async () => {
    const network = await create();
    expect(() => network.setLive({ learningRate: -1 })).toThrow(ConfigError);
    const cpu = createCpuNetwork(config, livelyState(config));
    await Promise.all([network.run(waves(config, 0, 3)), cpu.run(waves(config, 0, 3))]);
    const name = 'decoder.1.bias';
    const [actual, expected] = [(await network.read([name])).get(name)!, (await cpu.read([name])).get(name)!];
    expectClose(name, actual, expected);
  });
});

test('a prediction that is exact moves no weight, however steps are normalised', async () => {
  // Without statistics that move, what a frozen network answers is what the learning one will.
  const network = await create({ ...normalised, homeostasis: 'none' });
  await network.run(waves(config, 0, 4));
  const state = await network.state();
  network.setMode({ learning: false });
  const { input, prediction } = await network.run(waves(config, 4, 1));
  await network.restore(state);
  network.setMode({ learning: true });
  const { loss } = await network.run(new Float32Array([...input, ...prediction]));
  expect([...loss]).toEqual([0]);
  const fast = learnedTensors(config).flatMap(({ name, part }) =>
    part === 'memory' || part === 'decoder' ? [name] : [],
  );
  const after = await network.read(fast);
  for (const name of fast) expect(after.get(name), name).toEqual(state.tensors.get(name));
});
