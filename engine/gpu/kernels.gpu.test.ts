import { afterEach, expect, test } from 'vitest';
import { expectClose } from '../../test/expect-close.ts';
import { meetEveryKernel, takeOtherPaths, variants } from '../../test/kernel-settings.ts';
import { gpuNetwork, livelyState, smallConfig, waves } from '../../test/networks.ts';
import { createCpuNetwork } from '../cpu/network.ts';
import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import { activityTensors, gradientTensors, savedTensors } from '../model/tensors.ts';
import type { Network } from '../network.ts';
import { type Geometry, hardwareGeometry, softwareGeometry } from './geometry.ts';

const networks: Network[] = [];
afterEach(() => {
  for (const network of networks.splice(0)) network.dispose();
});

const inPage = typeof document !== 'undefined';
// How work is cut concerns sums and shapes, not what is computed with them; and one compiler serves Node and the page. So
// both have every kernel, in both cuts; Node alone has every setting, and they share the other paths of a GPU's cut.
test.each(inPage ? meetEveryKernel : Object.keys(variants))("a CPU's cut: %s", name =>
  expectAgreement(variants[name]!, softwareGeometry),
);

test.each([...meetEveryKernel, ...takeOtherPaths.filter((_, i) => i % 2 === Number(inPage))])(
  "a GPU's cut: %s",
  name => expectAgreement(variants[name]!, hardwareGeometry),
);

/**
 * The CPU engine goes ahead; from where it stands, both go on for a few steps, and then everything that either knows
 * must agree. Optimisers that divide by the gradient's size blow up rounding, so they go a single step.
 */
async function expectAgreement(variant: Partial<NetworkConfig>, geometry: Geometry): Promise<void> {
  const config = parseNetwork({ ...smallConfig, ...variant });
  const cpu = createCpuNetwork(config, livelyState(config));
  await cpu.run(waves(config, 0, 8));
  const gpu = await gpuNetwork(config, await cpu.state(), { geometry });
  networks.push(gpu);

  const steps = config.optimizer === 'rmsprop' || config.optimizer === 'adam' ? 1 : 3;
  const rows = waves(config, 8, steps);
  const [expected, actual] = [await cpu.run(rows), await gpu.run(rows)];
  expect([...actual.winners]).toEqual([...expected.winners]);
  expect([...actual.bursting]).toEqual([...expected.bursting]);
  for (const field of ['input', 'target', 'prediction', 'loss'] as const)
    expectClose(field, actual[field], expected[field]);
  expect([actual.firstStep, actual.count]).toEqual([8, steps]);

  const tensors = [...savedTensors(config), ...activityTensors(config), ...gradientTensors(config)];
  const names = tensors.map(tensor => tensor.name);
  const [expectedTensors, actualTensors] = [await cpu.read(names), await gpu.read(names)];
  for (const name of names) expectClose(name, actualTensors.get(name)!, expectedTensors.get(name)!);
  const [{ clock }, { clock: expectedClock }] = [await gpu.state(), await cpu.state()];
  expect(clock).toMatchObject({ step: expectedClock.step, updates: expectedClock.updates });
  expect(clock.correction1).toBeCloseTo(expectedClock.correction1, 6);
  expect(clock.correction2).toBeCloseTo(expectedClock.correction2, 6);
}
