import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '#gpu';
import { compareGolden, parseGoldenCase } from '../../golden/compare.ts';
import { expectClose } from '../../test/expect-close.ts';
import {
  gpuNetwork,
  livelyState,
  normalised,
  sharedDevice,
  smallConfig,
  waves,
} from '../../test/networks.ts';
import { createCpuNetwork } from '../cpu/network.ts';
import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import { activityTensors, savedTensors } from '../model/tensors.ts';
import type { Network } from '../network.ts';
import type { GpuDevice } from './device.ts';
import { type Geometry, geometryFor, hardwareGeometry, softwareGeometry } from './geometry.ts';

const golden = import.meta.glob('../../golden/cases/default.json', {
  eager: true,
  query: '?raw',
  import: 'default',
});

let device: GpuDevice;
beforeAll(async () => {
  device = await sharedDevice();
});

const networks: Network[] = [];
afterEach(() => {
  for (const network of networks.splice(0)) network.dispose();
});

test('subgroups are there where the adapter has them, and are used', async () => {
  const gpu = await openGpu();
  const offered = (await gpu.requestAdapter())!.features.has('subgroups');
  expect(device.subgroupLanes > 1).toBe(offered && gpu.wgslLanguageFeatures.has('subgroup_id'));
  // The adapter of Node and of Chromium that plays a GPU is known to have them: then no test here is one of nothing.
  if (device.summary.architecture === 'swiftshader') expect(device.subgroupLanes).toBe(4);
  for (const driver of ['stream', 'loop'] as const)
    expect(geometryFor(device, driver).subgroupLanes).toBe(device.subgroupLanes);
});

describe.each(['with subgroups', 'in a fixed order'] as const)('%s', way => {
  const of = (geometry: Geometry): Geometry =>
    way === 'with subgroups' ? { ...geometry, subgroupLanes: device.subgroupLanes } : geometry;

  test.each(Object.entries(golden))('the golden numbers of %s, with the lanes of a GPU', async (_, text) => {
    const geometry = of(hardwareGeometry);
    const report = await compareGolden(parseGoldenCase(text as string), (config, state) =>
      gpuNetwork(config, state, { geometry }),
    );
    expect(report).toMatchObject({ passed: true, winners: [], bursting: [] });
  });
});

const alike: [string, Geometry, Partial<NetworkConfig>][] = [
  ['normalised, two steps unrolled, for a GPU', hardwareGeometry, { ...normalised, unroll: 2 }],
  [
    'thresholded, 300 columns, for a GPU',
    hardwareGeometry,
    { winnerActivation: 'thresholded', columns: 300, cellsPerColumn: 2, readout: 'active' },
  ],
  ['normalised, four lanes of a CPU', { ...softwareGeometry, lanes: 4 }, normalised],
];

// Sums are added in pairs, the nearest first, whoever holds them: nothing depends on the size of subgroups. The same
// compilers serve Node and the page, which is slower.
test.each(typeof document === 'undefined' ? alike : alike.slice(0, 1))(
  'the same bits with and without subgroups, and those of the CPU engine nearly: %s',
  async (_, geometry, variant) => {
    const config = parseNetwork({ ...smallConfig, ...variant });
    const [fixed, shared] = await Promise.all(
      [1, device.subgroupLanes].map(subgroupLanes =>
        gpuNetwork(config, livelyState(config), { geometry: { ...geometry, subgroupLanes } }),
      ),
    );
    networks.push(fixed!, shared!);
    const rows = waves(config, 0, 20);
    const records = await shared!.run(rows);
    expect(records).toEqual(await fixed!.run(rows));
    const names = [...savedTensors(config), ...activityTensors(config)].map(t => t.name);
    const tensors = await shared!.read(names);
    expect(tensors).toEqual(await fixed!.read(names));

    const cpu = createCpuNetwork(config, livelyState(config));
    const expected = await cpu.run(rows);
    expect([...records.winners]).toEqual([...expected.winners]);
    expectClose('prediction', records.prediction, expected.prediction);
  },
);
