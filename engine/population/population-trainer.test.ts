import { describe, expect, it } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import { createCpuNetwork } from '../cpu/network.ts';
import { SignalStream } from '../data/stream.ts';
import { ConfigError, OutOfMemoryError } from '../errors.ts';
import { encodeCheckpoint } from '../file/checkpoint.ts';
import { decodeCheckpoint } from '../file/checkpoint-reader.ts';
import { RunMeasure } from '../measure/run-measure.ts';
import { parseSettings } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import { defaultPreset } from '../model/presets.ts';
import { liveParameters } from '../model/settings.ts';
import { Trainer } from '../trainer.ts';
import { createCpuPopulation } from './cpu-population.ts';
import { recordsOf } from './member-measure.ts';
import { configOf } from './population.ts';
import { PopulationTrainer } from './population-trainer.ts';
import { membersOf, parseSweepRange, planSweep } from './sweep.ts';

const settings = parseSettings({
  network: {
    ...plainNetwork,
    encoder: [16],
    columns: 24,
    winners: 3,
    cellsPerColumn: 2,
    decoder: [12],
    inputNoise: 0.01,
  },
  signal: { ...defaultPreset.settings.signal, noise: 0.05 },
  seed: 3,
});
const { network, signal, seed } = settings;
const live = liveParameters(network);

describe('a population on the CPU', () => {
  it('gives each network the numbers it gives alone, however the rows are cut', async () => {
    const members = [
      { seed: 3, live },
      { seed: 3, live: { ...live, learningRate: 0.1, inputNoise: 0 } },
      { seed: 9, live: { ...live, memoryRate: 3 } },
    ];
    const population = await createCpuPopulation(network, members);
    const rows = new SignalStream(signal, network.inputs, seed).rows(50);
    const parts = [rows.subarray(0, 2 * 7), rows.subarray(2 * 7)];
    // Asked for at once, and answered in order.
    const [first, second, ...states] = await Promise.all([
      population.run(parts[0]!),
      population.run(parts[1]!),
      ...members.map((_, m) => population.state(m)),
    ]);
    expect([first.firstStep, first.count, second.firstStep, second.count]).toEqual([0, 7, 7, 43]);
    for (const [m, member] of members.entries()) {
      const config = configOf(network, member);
      const alone = createCpuNetwork(config, initialState(config, member.seed));
      for (const [i, records] of [first, second].entries()) {
        const expected = await alone.run(parts[i]!);
        expect(recordsOf(records, m, expected.input)).toEqual(expected);
      }
      expect(states[m]).toEqual(await alone.state());
    }
  });

  it('refuses more networks than there is room for, and says how much they need', async () => {
    const large = { ...network, columns: 2048, winners: 40, cellsPerColumn: 16 };
    const refused = createCpuPopulation(large, Array(4).fill({ seed: 1, live }));
    await expect(refused).rejects.toThrow(OutOfMemoryError);
    await expect(refused).rejects.toThrow(/4 networks.*16\.\d GiB.*fewer networks/);
  });
});

describe('PopulationTrainer', () => {
  const sweep = planSweep(settings, [parseSweepRange('learningRate=0.001,0.05,10')]);
  const members = membersOf(settings, sweep);

  it('refuses a person’s own data', async () => {
    const owned = { ...settings, signal: { ...settings.signal, wave: 'data' as const } };
    const refused = PopulationTrainer.create(owned, members, { engine: 'cpu' });
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow(/own data cannot be swept/);
  });

  it('measures each network as its own run would, and ranks what diverged last', async () => {
    const trainer = await PopulationTrainer.create(settings, members, { engine: 'cpu' });
    let batches = 0;
    trainer.subscribe(() => batches++);
    expect(await trainer.run(1200)).toBe(1200);
    expect(batches).toBeGreaterThan(1);
    expect(trainer.step).toBe(1200);

    const alone = await Trainer.create(trainer.settingsOf(1), { engine: 'cpu' });
    const measure = new RunMeasure(network);
    alone.subscribe(records => measure.add(records));
    await alone.run(1200);
    const { divergedAt, ...summary } = trainer.summaries[1]!;
    expect(divergedAt).toBeNull();
    expect(summary).toEqual(measure.summary());
    expect(trainer.history(1).points.at(-1)!.step).toBe(1200);

    const { ranking, summaries } = trainer;
    expect(summaries[2]!.divergedAt).toBeGreaterThan(0);
    expect(ranking[2]).toBe(2);
    expect(summaries[ranking[0]!]!.rmse).toBeLessThan(summaries[ranking[1]!]!.rmse);
  });

  it('goes on from a checkpoint of all as if nothing had been lost, and measures no step twice', async () => {
    const trainer = await PopulationTrainer.create(settings, members, { engine: 'cpu' });
    const undisturbed = await PopulationTrainer.create(settings, members, { engine: 'cpu' });
    const known = (of: PopulationTrainer) => ({
      summaries: of.summaries,
      ranking: of.ranking,
      histories: members.map((_, member) => of.history(member)),
    });
    // So that all batches have other ends than those of the other.
    await trainer.run(1);
    await trainer.run(249);
    const training = trainer.run(300);
    // Asked for while batches are under way, and let go of in the midst of one.
    const checkpoint = await trainer.checkpointAll();
    expect(checkpoint.step).toBe(254);
    await training;
    trainer.dispose();
    const again = await PopulationTrainer.resume(trainer, checkpoint, { engine: 'cpu' });
    expect(again.step).toBe(254);
    await undisturbed.run(550);
    await again.run(295);
    expect(known(again)).toEqual(known(undisturbed));
    await Promise.all([again.run(651), undisturbed.run(650)]);
    expect(again.step).toBe(1200);
    expect(known(again)).toEqual(known(undisturbed));
    for (const member of members.keys())
      expect(await again.checkpoint(member)).toEqual(await undisturbed.checkpoint(member));
  });

  it('stops when told to, and hands a member over to go on alone bit for bit', async () => {
    const trainer = await PopulationTrainer.create(settings, members, { engine: 'cpu' });
    const halt = new AbortController();
    const listening = trainer.subscribe(({ firstStep }) => {
      if (firstStep >= 200) halt.abort();
    });
    const done = await trainer.run(100_000, halt.signal);
    listening();
    expect(done).toBeLessThan(300);
    const file = encodeCheckpoint(await trainer.checkpoint(1));
    expect(decodeCheckpoint(file).settings).toEqual(trainer.settingsOf(1));
    expect(trainer.settingsOf(1).network.learningRate).toBe(0.05);

    const alone = await Trainer.restore(file, { engine: 'cpu' });
    expect(alone.step).toBe(done);
    await Promise.all([alone.run(40), trainer.run(40)]);
    expect((await alone.checkpoint()).state).toEqual((await trainer.checkpoint(1)).state);
    expect((await alone.checkpoint()).stream).toEqual((await trainer.checkpoint(1)).stream);
  });
});
