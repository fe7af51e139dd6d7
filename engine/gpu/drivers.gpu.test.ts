import { afterEach, expect, test } from 'vitest';
import {
  gpuNetwork,
  livelyState,
  normalised,
  sharedDevice,
  smallConfig,
  waves,
} from '../../test/networks.ts';
import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import { activityTensors, savedTensors } from '../model/tensors.ts';
import type { Network } from '../network.ts';
import type { DriverRequest } from './device-networks.ts';
import { type Geometry, hardwareLoopGeometry, softwareGeometry } from './geometry.ts';

const networks: Network[] = [];
afterEach(() => {
  for (const network of networks.splice(0)) network.dispose();
});

async function create(config: NetworkConfig, driver: DriverRequest, geometry: Geometry) {
  const network = await gpuNetwork(config, livelyState(config), { driver, geometry });
  networks.push(network);
  return network;
}

const cuts: Record<string, Geometry> = {
  CPU: softwareGeometry,
  GPU: hardwareLoopGeometry,
};

const variants: [name: string, cut: string, subgroups: boolean, Partial<NetworkConfig>][] = [
  ['plain descent', 'CPU', true, {}],
  [
    'normalised, two steps unrolled, a change',
    'GPU',
    true,
    { ...normalised, unroll: 2, prediction: 'change' },
  ],
  [
    'active readout, thresholded, 300 columns',
    'GPU',
    false,
    {
      readout: 'active',
      winnerActivation: 'thresholded',
      columns: 300,
      cellsPerColumn: 2,
    },
  ],
  ['adam', 'CPU', false, { optimizer: 'adam', learningRate: 0.001 }],
];

// The same compilers serve Node and the page, which is slower.
test.each(typeof document === 'undefined' ? variants : variants.slice(0, 2))(
  'a loop takes the steps of a stream bit for bit where work is cut alike: %s, for a %s, in subgroups: %s',
  async (_, cut, subgroups, variant) => {
    const config = parseNetwork({ ...smallConfig, ...variant });
    const { subgroupLanes } = await sharedDevice();
    const geometry = { ...cuts[cut]!, ...(subgroups && { subgroupLanes }) };
    const [stream, loop] = await Promise.all([
      create(config, 'stream', geometry),
      create(config, 'loop', geometry),
    ]);
    expect([stream.driver, loop.driver]).toEqual(['stream', 'loop']);
    const names = [...savedTensors(config), ...activityTensors(config)].map(t => t.name);
    // 16 steps go by one dispatch; 37 by three, of two submits.
    for (const [from, count] of [
      [0, 16],
      [16, 37],
      [53, 47],
    ] as const) {
      const rows = waves(config, from, count);
      const [expected, actual] = await Promise.all([stream.run(rows), loop.run(rows)]);
      expect(actual).toEqual(expected);
    }
    expect(await loop.read(names)).toEqual(await stream.read(names));
    expect((await loop.state()).clock).toEqual((await stream.state()).clock);
  },
);

test('a driver that is chosen by measurement starts where it was told to, and goes on', async () => {
  const config = parseNetwork(smallConfig);
  const [chosen, stream] = await Promise.all([
    create(config, 'auto', softwareGeometry),
    create(config, 'stream', softwareGeometry),
  ]);
  expect(await chosen.state()).toEqual(await stream.state());
  const rows = waves(config, 0, 20);
  expect(await chosen.run(rows)).toEqual(await stream.run(rows));
  // Who starts again gets the same driver.
  expect((await create(config, 'auto', softwareGeometry)).driver).toBe(chosen.driver);
});
