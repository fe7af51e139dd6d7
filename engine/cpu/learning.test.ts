import { expect, test } from 'vitest';
import { initialState } from '../model/initialise.ts';
import { defaultPreset } from '../model/presets.ts';
import { createCpuNetwork } from './network.ts';

const sine = (step: number) => Math.sin((2 * Math.PI * step) / 50);

test('the default preset learns the sine', async () => {
  const { network: config, seed } = defaultPreset.settings;
  const network = createCpuNetwork(config, initialState(config, seed));
  const rows = Float32Array.from({ length: 2 * 10_000 }, (_, i) => sine(Math.floor(i / 2) + (i % 2)));
  const { loss, winners } = await network.run(rows);
  const last = loss.subarray(9_000);
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
  const persistence = Array.from(last, (_, i) => (sine(9_001 + i) - sine(9_000 + i)) ** 2);
  expect(Math.sqrt(mean(last) / mean(persistence))).toBeLessThan(0.06);
  expect(new Set(winners.subarray(9_000 * config.winners)).size).toBeGreaterThan(100);
}, 120_000);
