import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCpuNetwork } from '../../engine/cpu/network.ts';
import { SignalStream } from '../../engine/data/stream.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import { learnedTensors } from '../../engine/model/tensors.ts';
import { driftProgress, loadDrift, saveDrift } from './drift-folder.ts';
import { type DriftLengths, type DriftProgress, driftRuns, runDrift } from './drift-run.ts';

const lengths: DriftLengths = { settle: 160, window: 80, steps: 240 };
const [learning, frozen] = ['sine-50-learning', 'sine-50-frozen'].map(name =>
  driftRuns.find(r => r.name === name),
) as [(typeof driftRuns)[0], (typeof driftRuns)[0]];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drift-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** All but what differs from process to process. */
const figures = ({ memory: _, ...rest }: DriftProgress) => rest;

test('a run in pieces measures what a run in one piece does', async () => {
  const whole = await runDrift(learning, lengths, null, () => true);
  const begun = await runDrift(learning, lengths, null, checkpoint => {
    saveDrift(folder, checkpoint);
    return checkpoint.progress.done < 160;
  });
  expect(begun.done).toBe(160);
  expect(driftProgress(folder)).toHaveLength(1);
  const resumed = await runDrift(learning, lengths, loadDrift(folder, learning.name), () => true);
  expect(figures(resumed)).toEqual(figures(whole));
  expect(resumed.memory).toHaveLength(2);
});

test('only the newest checkpoint of a run is kept', async () => {
  await runDrift(learning, lengths, null, checkpoint => {
    saveDrift(folder, checkpoint);
    return true;
  });
  expect(readdirSync(folder).sort()).toEqual(['sine-50-learning-240.safetensors', 'sine-50-learning.json']);
});

test('a run that was never begun is null', () => {
  expect(loadDrift(folder, frozen.name)).toBeNull();
  expect(driftProgress(folder)).toEqual([]);
});

test('errors and sizes are those of the network, learning throughout', async () => {
  const { rmse, growth, bad } = await runDrift(learning, lengths, null, () => true);
  const { network: config, signal } = defaultPreset.settings;
  const network = createCpuNetwork(config, initialState(config, 1));
  const stream = new SignalStream({ ...signal, wave: 'sine', period: 50, noise: 0 }, 1, 1);
  const size = async (name: string) => {
    const values = (await network.read([name])).get(name)!;
    return Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
  };
  await network.run(stream.rows(160));
  const start = await size('decoder.0.weight');
  const expected: number[] = [];
  let most = start;
  for (let w = 0; w < 3; w++) {
    const { loss } = await network.run(stream.rows(80));
    expected.push(Math.sqrt(loss.reduce((sum, l) => sum + l, 0) / 80));
    most = Math.max(most, await size('decoder.0.weight'));
  }
  for (const [w, error] of rmse.entries()) expect(error).toBeCloseTo(expected[w]!, 5);
  expect(growth['decoder.0.weight']!.start).toBeCloseTo(start, 6);
  expect(growth['decoder.0.weight']!.most).toBeCloseTo(most, 6);
  expect(growth['state.predictive']!.start).toBeGreaterThan(0);
  expect(bad).toBe(0);
});

test('a frozen run learns while it settles, and nothing after', async () => {
  const { growth } = await runDrift(frozen, lengths, null, () => true);
  for (const { name } of learnedTensors(defaultPreset.settings.network))
    expect(growth[name]!.most, name).toBe(growth[name]!.start);
  const moving = await runDrift(learning, lengths, null, () => true);
  expect(moving.growth['pooler.mean']!.start).toBe(growth['pooler.mean']!.start);
  expect(moving.growth['pooler.mean']!.most).not.toBe(growth['pooler.mean']!.most);
});
