import { afterEach, describe, expect, test } from 'vitest';
import { openGpu } from '#gpu';
import { gpuNetwork, livelyState, smallConfig, waves } from '../../test/networks.ts';
import {
  ConfigError,
  DeviceLostError,
  DisposedError,
  FileError,
  OutOfMemoryError,
  ShaderError,
} from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
import { savedTensors } from '../model/tensors.ts';
import type { Network } from '../network.ts';
import { type GpuDevice, openDevice } from './device.ts';
import { createGpuNetwork } from './network.ts';
import { compile } from './shader.ts';

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

async function create(changes: Partial<NetworkConfig> = {}): Promise<Network> {
  const config = { ...smallConfig, ...changes };
  const network = await gpuNetwork(config, livelyState(config));
  open.push(network);
  return network;
}

/** A network whose device no other test has. */
async function createAlone(): Promise<{ network: Network; device: GpuDevice }> {
  const device = await openDevice(await openGpu(), smallConfig);
  const network = await createGpuNetwork(device, smallConfig, livelyState(smallConfig));
  open.push(network);
  return { network, device };
}

describe('a device', () => {
  test('tells what adapter it is, without a network', async () => {
    const device = await openDevice(await openGpu());
    open.push({ dispose: () => device.destroy() });
    expect(device.summary.name).not.toBe('');
    expect(typeof device.summary.software).toBe('boolean');
  });

  test('is refused to a network beyond what one buffer holds, with the size and what to lower', async () => {
    const huge = { ...smallConfig, columns: 4096, cellsPerColumn: 64 };
    const refusal = openDevice(await openGpu(), huge);
    await expect(refusal).rejects.toThrow(OutOfMemoryError);
    await expect(refusal).rejects.toThrow(/262,1\d\d MiB.*Lower the columns or the cells per column/);
  });

  test('says where a shader is wrong, by its file', async () => {
    const { device } = await openDevice(await openGpu());
    open.push({ dispose: () => device.destroy() });
    const shader = {
      label: 'broken',
      parts: [
        { name: 'shaders/first.wgsl', text: 'fn fine() {}\n' },
        {
          name: 'shaders/second.wgsl',
          text: '\n@compute @workgroup_size(1)\nfn main() {\n  let x = nothing;\n}',
        },
      ],
      groupOne: [],
      entryPoints: [{ name: 'main', stages: [], groups: 1 }],
      networks: 1,
    };
    const refusal = compile(device, shader, []);
    await expect(refusal).rejects.toThrow(ShaderError);
    await expect(refusal).rejects.toThrow(
      /^shaders\/second\.wgsl:4:11: .*nothing.*\n {2}let x = nothing;\n {10}\^$/s,
    );
  });
});

describe('after dispose', () => {
  test('every call is refused, those under way included', async () => {
    const { network } = await createAlone();
    const state = await network.state();
    const running = network.run(waves(smallConfig, 0, 50));
    const waiting = network.read(['pooler.duty']);
    network.dispose();
    const calls = [
      running,
      waiting,
      network.run(waves(smallConfig, 0, 1)),
      network.read(['pooler.duty']),
      network.state(),
      network.restore(state),
    ];
    for (const result of await Promise.allSettled(calls))
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(DisposedError) });
    expect(() => network.setLive({ learningRate: 0.1 })).toThrow(DisposedError);
    expect(() => network.setMode({ learning: false })).toThrow(DisposedError);
    network.dispose();
  });

  test('the device does not count as lost', async () => {
    const { network } = await createAlone();
    network.dispose();
    const outcome = await Promise.race([
      network.lost.then(() => 'lost'),
      new Promise(resolve => setTimeout(resolve, 300, 'quiet')),
    ]);
    expect(outcome).toBe('quiet');
  });
});

test('when the device is lost, the network says so and refuses every call', async () => {
  const { network, device } = await createAlone();
  const running = network.run(waves(smallConfig, 0, 50));
  device.device.destroy();
  await expect(running).rejects.toThrow(DeviceLostError);
  expect(await network.lost).toBeInstanceOf(DeviceLostError);
  await expect(network.run(waves(smallConfig, 0, 1))).rejects.toThrow(DeviceLostError);
  await expect(network.read(['pooler.duty'])).rejects.toThrow(DeviceLostError);
  await expect(network.state()).rejects.toThrow(DeviceLostError);
});

test('a device lost before the network is there', async () => {
  const device = await openDevice(await openGpu(), smallConfig);
  device.device.destroy();
  await expect(createGpuNetwork(device, smallConfig, livelyState(smallConfig))).rejects.toThrow(
    DeviceLostError,
  );
});

describe('what does not fit is refused, and the network stays as it was', () => {
  test('rows', async () => {
    const network = await create();
    await expect(network.run(new Float32Array(5))).rejects.toThrow(ConfigError);
    expect((await network.run(waves(smallConfig, 0, 1))).firstStep).toBe(0);
  });

  test('names', async () => {
    const network = await create();
    await expect(network.read(['pooler.duty', 'pooler.dust'])).rejects.toThrow(/^pooler\.dust: /);
    await expect(network.read(['optimizer.m.pooler.bias'])).rejects.toThrow(ConfigError);
  });

  test('states', async () => {
    const network = await create();
    await network.run(waves(smallConfig, 0, 4));
    const before = await network.state();
    const changed = (change: (tensors: Map<string, Float32Array>) => void, clock = {}) => {
      const state = structuredClone(before);
      change(state.tensors);
      return { ...state, clock: { ...state.clock, ...clock } };
    };
    const bad = [
      changed(tensors => tensors.delete('memory.bias')),
      changed(tensors => tensors.set('memory.bias', new Float32Array(3))),
      changed(tensors => tensors.set('state.active', new Float32Array(63).fill(1))),
      changed(() => {}, { step: -1 }),
      changed(() => {}, { updates: 0.5 }),
      changed(() => {}, { correction2: Number.NaN }),
    ];
    for (const state of bad) await expect(network.restore(state)).rejects.toThrow(FileError);
    expect(await network.state()).toEqual(before);
  });

  test('states a new network begins with', async () => {
    const state = livelyState(smallConfig);
    state.tensors.delete('pooler.mean');
    await expect(gpuNetwork(smallConfig, state)).rejects.toThrow(FileError);
  });
});

test('a command that the GPU refuses comes to light at the latest with the steps after the next', async () => {
  const { network, device } = await createAlone();
  device.device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
  // Browsers tell of it on their own time, which may be after these.
  await network.run(waves(smallConfig, 0, 1)).catch(() => undefined);
  await expect(network.run(waves(smallConfig, 0, 1))).rejects.toThrow(/refused a command/);
});

test.each([
  {},
  { prediction: 'change' },
  { optimizer: 'normalised' },
  { optimizer: 'adam' },
  { unroll: 3 },
] as const)('a state holds all saved tensors and no other: %o', async changes => {
  const network = await create(changes);
  const { tensors } = await network.state();
  expect([...tensors.keys()]).toEqual(savedTensors(network.config).map(t => t.name));
});

test('a history in more columns than win is refused', async () => {
  const network = await create({ unroll: 3 });
  await network.run(waves(smallConfig, 0, 4));
  const before = await network.state();
  for (const name of ['history.0.gate', 'history.1.factor', 'history.2.active']) {
    const state = structuredClone(before);
    state.tensors.get(name)!.fill(0.1);
    await expect(network.restore(state)).rejects.toThrow(FileError);
  }
  expect(await network.state()).toEqual(before);
});

test('the input that a change is added to is part of the state', async () => {
  const network = await create({ prediction: 'change' });
  await network.run(waves(smallConfig, 0, 3));
  const state = await network.state();
  expect(state.tensors.get('state.input')).toEqual(waves(smallConfig, 2, 1).slice(0, 2));
  const { 'state.input': _, ...others } = Object.fromEntries(state.tensors);
  const without = { ...state, tensors: new Map(Object.entries(others)) };
  await expect(network.restore(without)).rejects.toThrow(FileError);
});
