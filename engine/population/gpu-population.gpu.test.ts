import { afterEach, expect, test } from 'vitest';
import { openGpu } from '#gpu';
import { gpuNetwork, normalised, sharedDevice, smallConfig, waves } from '../../test/networks.ts';
import { ConfigError, DisposedError, OutOfMemoryError } from '../errors.ts';
import { openDevice } from '../gpu/device.ts';
import type { DriverName } from '../gpu/driver.ts';
import { type Geometry, hardwareLoopGeometry, softwareGeometry } from '../gpu/geometry.ts';
import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import { liveParameters } from '../model/settings.ts';
import type { LiveParameters } from '../network.ts';
import { createGpuPopulation, type DrivenPopulation } from './gpu-population.ts';
import type { Member, StateOf } from './population.ts';

const disposables: { dispose(): void }[] = [];
afterEach(() => {
  for (const each of disposables.splice(0)) each.dispose();
});

const member = (config: NetworkConfig, seed: number, live: Partial<LiveParameters>): Member => ({
  seed,
  live: { ...liveParameters(config), ...live },
});

async function populate(
  config: NetworkConfig,
  members: readonly Member[],
  driver: DriverName,
  geometry: Geometry,
  stateOf?: StateOf,
): Promise<DrivenPopulation> {
  const population = await createGpuPopulation(await sharedDevice(), config, members, stateOf, {
    driver,
    geometry,
  });
  disposables.push(population);
  return population;
}

const cases: [DriverName, Geometry, Partial<NetworkConfig>][] = [
  ['stream', softwareGeometry, { columns: 300, cellsPerColumn: 2 }],
  ['loop', hardwareLoopGeometry, { ...normalised, unroll: 2, prediction: 'change' }],
];

// The page's GPU is the same, and slower to compile for.
test.each(typeof document === 'undefined' ? cases : cases.slice(1))(
  'each member gives what it gives alone, bit for bit: %s',
  async (driver, cut, variant) => {
    // A network of a stream sums in subgroups, one of a loop in a fixed order.
    const { subgroupLanes } = await sharedDevice();
    const geometry = driver === 'stream' ? { ...cut, subgroupLanes } : cut;
    const config = parseNetwork({ ...smallConfig, ...variant });
    const members = [
      member(config, 1, {}),
      member(config, 2, { learningRate: 0.1, errorClip: 0.05, inputNoise: 0.1 }),
      member(config, 2, { learningRate: 0.3, homeostasisRate: 0.2, dutyRate: 0.3, conscience: 2 }),
    ];
    const population = await populate(config, members, driver, geometry);
    // Parts of other lengths than a submit or a dispatch takes.
    const [early, late] = await Promise.all([
      population.run(waves(config, 0, 21)),
      population.run(waves(config, 21, 7)),
    ]);
    expect([early.firstStep, early.count, late.firstStep, late.count]).toEqual([0, 21, 21, 7]);
    const alone = await gpuNetwork(config, initialState(config, 1), { driver, geometry });
    disposables.push(alone);
    for (const [index, each] of members.entries()) {
      await alone.restore(initialState(config, each.seed));
      alone.setLive(each.live);
      for (const [records, from] of [
        [early, 0],
        [late, 21],
      ] as const) {
        const { count, members: all } = records;
        const expected = await alone.run(waves(config, from, count));
        const own = <T extends Float32Array | Uint32Array>(values: T): number[] => {
          const width = values.length / (count * all);
          return Array.from({ length: count }, (_, step) => [
            ...values.subarray((step * all + index) * width, (step * all + index + 1) * width),
          ]).flat();
        };
        expect(own(records.prediction)).toEqual([...expected.prediction]);
        expect(own(records.loss)).toEqual([...expected.loss]);
        expect(own(records.bursting)).toEqual([...expected.bursting]);
        expect(own(records.winners)).toEqual([...expected.winners]);
        expect(records.target).toEqual(expected.target);
      }
      expect(await population.state(index)).toEqual(await alone.state());
    }
    expect(new Set(late.loss.subarray(18)).size).toBe(3);

    // A member goes on in another population, in another place.
    const states = await population.states();
    expect(states(0)).toEqual(await population.state(0));
    const swapped = [members[2]!, members[1]!];
    const other = await populate(config, swapped, driver, geometry, index => states(2 - index));
    const [here, there] = [await population.run(waves(config, 28, 3)), await other.run(waves(config, 28, 3))];
    expect(there.firstStep).toBe(28);
    for (let step = 0; step < 3; step++) {
      expect(there.loss[2 * step]).toBe(here.loss[3 * step + 2]);
      expect(there.loss[2 * step + 1]).toBe(here.loss[3 * step + 1]);
    }
  },
);

test('what cannot be is refused, and says what to do', async () => {
  const gpu = await openGpu();
  const empty = createGpuPopulation(await openDevice(gpu), smallConfig, []);
  await expect(empty).rejects.toThrow(ConfigError);
  const bad = createGpuPopulation(await openDevice(gpu), smallConfig, [
    member(smallConfig, 1, { learningRate: -1 }),
  ]);
  await expect(bad).rejects.toThrow(/learningRate/);
  const large = parseNetwork({ ...smallConfig, columns: 1024, cellsPerColumn: 8 });
  const refusal = openDevice(gpu, large, 4096);
  await expect(refusal).rejects.toThrow(OutOfMemoryError);
  await expect(refusal).rejects.toThrow(/MiB.*Train fewer networks at once than 4096/);
});

test('a population that was disposed of says so', async () => {
  const population = await populate(smallConfig, [member(smallConfig, 1, {})], 'stream', softwareGeometry);
  population.dispose();
  await expect(population.run(waves(smallConfig, 0, 1))).rejects.toThrow(DisposedError);
  await expect(population.state(0)).rejects.toThrow(DisposedError);
});
