import { describe, expect, it } from 'vitest';
import { smallRun as settings } from '../test/small-run.ts';
import { ConfigError, DisposedError, FileError, NoWebGpuError } from './errors.ts';
import { encodeCheckpoint } from './file/checkpoint.ts';
import { savedTensors } from './model/tensors.ts';
import type { StepRecords } from './network.ts';
import { Trainer } from './trainer.ts';

const cpu = { engine: 'cpu' } as const;

/** Everything a run reports, in one list. */
function recorded(trainer: Trainer) {
  const predictions: number[] = [];
  const inputs: number[] = [];
  const targets: number[] = [];
  trainer.subscribe((records: StepRecords) => {
    predictions.push(...records.prediction);
    inputs.push(...records.input);
    targets.push(...records.target);
  });
  return { predictions, inputs, targets };
}

describe('Trainer', () => {
  it('runs exactly the steps it is asked for, and reports each once', async () => {
    const trainer = await Trainer.create(settings, cpu);
    const { predictions } = recorded(trainer);
    expect(await trainer.run(137)).toBe(137);
    expect(await trainer.run(1)).toBe(1);
    expect(trainer.step).toBe(138);
    expect(predictions).toHaveLength(138);
  });

  it('repeats a run from the same seed, and makes another from another seed', async () => {
    const runs = [];
    for (const seed of [5, 5, 6]) {
      const trainer = await Trainer.create({ ...settings, seed }, cpu);
      const { predictions } = recorded(trainer);
      await trainer.run(200);
      runs.push(predictions);
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).not.toEqual(runs[0]);
  });

  it('goes on bit for bit from a file', async () => {
    const whole = await Trainer.create(settings, cpu);
    const expected = recorded(whole);
    await whole.run(300);
    const first = await Trainer.create(settings, cpu);
    await first.run(120);
    const rest = await Trainer.restore(await first.save(), cpu);
    const actual = recorded(rest);
    expect(rest.step).toBe(120);
    await rest.run(180);
    expect(actual.predictions).toEqual(expected.predictions.slice(120));
    expect(actual.inputs).toEqual(expected.inputs.slice(120));
    expect(encodeCheckpoint(await rest.checkpoint())).toEqual(await whole.save());
  });

  it('refuses a bad file and keeps the path of a bad setting', async () => {
    await expect(Trainer.restore(new Uint8Array(7), cpu)).rejects.toThrow(FileError);
    const bad = { ...settings, network: { ...settings.network, winners: 33 } };
    await expect(Trainer.create(bad, cpu)).rejects.toMatchObject({
      name: 'ConfigError',
      path: 'network.winners',
    });
  });

  it('takes live settings at once and refuses the others', async () => {
    const trainer = await Trainer.create(settings, cpu);
    await trainer.run(10);
    const { tensors: before } = await trainer.read(['memory.weight', 'encoder.0.weight']);
    trainer.set('learningRate', 0);
    trainer.set('signal.amplitude', 0.5);
    const { targets } = recorded(trainer);
    await trainer.run(200);
    expect((await trainer.read(['memory.weight', 'encoder.0.weight'])).tensors).toEqual(before);
    // Noise has a deviation of 0.05: six of them above the new peak never happens.
    expect(Math.max(...targets.slice(1).map(Math.abs))).toBeLessThan(0.8);
    expect(trainer.settings.network.learningRate).toBe(0);
    expect(() => trainer.set('columns', 64)).toThrow(ConfigError);
    expect(() => trainer.set('learningRate', -1)).toThrow('network.learningRate');
    expect(trainer.settings.network.learningRate).toBe(0);
  });

  it('feeds each target as the next input, also across a live change of the period', async () => {
    const network = { ...settings.network, inputNoise: 0, finalInputNoise: 0 };
    const trainer = await Trainer.create(
      { ...settings, network, signal: { ...settings.signal, noise: 0 } },
      cpu,
    );
    const { inputs, targets } = recorded(trainer);
    await trainer.run(40);
    trainer.set('signal.period', 70);
    await trainer.run(40);
    expect(inputs.slice(1)).toEqual(targets.slice(0, -1));
    const jumps = targets.map((t, i) => Math.abs(t - inputs[i]!));
    expect(jumps[40]!).toBeLessThan(Math.max(...jumps.slice(0, 40)) + 1e-6);
  });

  it('freezes, and dreams on its own predictions', async () => {
    const trainer = await Trainer.create(settings, cpu);
    await trainer.run(50);
    const slow = savedTensors(settings.network)
      .map(t => t.name)
      .filter(name => !/^(state|history)\./.test(name));
    const { tensors: before } = await trainer.read(slow);
    trainer.setMode({ learning: false });
    await trainer.run(50);
    expect((await trainer.read(slow)).tensors).toEqual(before);
    trainer.setMode({ freeRun: true });
    const { inputs, predictions } = recorded(trainer);
    await trainer.run(50);
    expect(inputs.slice(1)).toEqual(predictions.slice(0, -1));
    expect((await trainer.read(slow)).tensors).toEqual(before);
    trainer.setMode({ freeRun: false, learning: true });
    await trainer.run(5);
    expect((await trainer.read(slow)).tensors).not.toEqual(before);
  });

  it('stops when aborted, with all that was begun reported', async () => {
    const trainer = await Trainer.create(settings, cpu);
    const stop = new AbortController();
    let reported = 0;
    trainer.subscribe(records => {
      reported += records.count;
      if (reported > 100) stop.abort();
    });
    const steps = await trainer.run(Number.POSITIVE_INFINITY, stop.signal);
    expect(steps).toBe(reported);
    expect(trainer.step).toBe(reported);
    expect((await trainer.checkpoint()).state.clock.step).toBe(reported);
  });

  it('saves in the middle of a run what was begun by then', async () => {
    const trainer = await Trainer.create(settings, cpu);
    const stop = new AbortController();
    const saves: Promise<Uint8Array>[] = [];
    const { predictions } = recorded(trainer);
    trainer.subscribe(records => {
      if (saves.length === 0 && records.firstStep > 50) saves.push(trainer.save());
      if (records.firstStep > 400) stop.abort();
    });
    await trainer.run(Number.POSITIVE_INFINITY, stop.signal);
    const resumed = await Trainer.restore(await saves[0]!, cpu);
    const from = resumed.step;
    const again = recorded(resumed);
    await resumed.run(100);
    expect(again.predictions).toEqual(predictions.slice(from, from + 100));
  });

  it('refuses a second run at once, and everything after dispose', async () => {
    const trainer = await Trainer.create(settings, cpu);
    const running = trainer.run(20);
    await expect(trainer.run(1)).rejects.toThrow(ConfigError);
    await running;
    trainer.dispose();
    await expect(trainer.run(1)).rejects.toThrow(DisposedError);
    await expect(trainer.read(['memory.weight'])).rejects.toThrow(DisposedError);
    expect(() => trainer.set('learningRate', 0.1)).toThrow(DisposedError);
  });

  it('takes the CPU where there is no WebGPU, and says why', async () => {
    const trainer = await Trainer.create(settings, { engine: 'auto', gpu: undefined });
    expect(trainer.choice).toMatchObject({
      engine: 'cpu',
      reason: 'unavailable',
      problem: { name: 'NoWebGpuError' },
    });
    await expect(Trainer.create(settings, { engine: 'gpu', gpu: undefined })).rejects.toThrow(NoWebGpuError);
  });
});
