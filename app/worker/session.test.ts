import { afterEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../engine/model/config.ts';
import { Trainer } from '../../engine/trainer.ts';
import { begin, beyond, endAll, type ReportOf, settings, stepsOf, stopped } from './overheard.ts';

async function lossesOf(run: Settings, steps: number): Promise<number[]> {
  const trainer = await Trainer.create(run, { engine: 'cpu' });
  const losses: number[] = [];
  trainer.subscribe(records => losses.push(...records.loss));
  await trainer.run(steps);
  trainer.dispose();
  return losses;
}

afterEach(endAll);

describe('a session', () => {
  it('carries out commands in order', async () => {
    const { send, reports, open } = begin();
    const commands = [
      open(),
      send({ kind: 'step', count: 3 }),
      send({ kind: 'set', path: 'learningRate', value: 0.5 }),
      send({ kind: 'step', count: 2 }),
      send({ kind: 'mode', mode: { learning: false } }),
      send({ kind: 'save', as: 'safetensors' }),
    ];
    await Promise.all(commands);
    const told = reports.filter(r => r.kind !== 'stage' && r.kind !== 'floors');
    expect(told.map(r => r.kind)).toEqual(['opened', 'progress', 'changed', 'progress', 'changed', 'saved']);
    expect(told.map(r => ('step' in r ? r.step : null))).toEqual([0, 3, null, 5, null, 5]);
  });

  it('trains as the trainer does, and reports every step of a short run once', async () => {
    const { send, next, of, open } = begin();
    await open();
    const ended = next(stopped);
    await send({ kind: 'play', until: 700, speed: null });
    await ended;
    const steps = stepsOf(of('progress'));
    expect(steps.map(s => s.step)).toEqual(Array.from({ length: 700 }, (_, i) => i));
    expect(steps.map(s => s.loss)).toEqual(await lossesOf(settings, 700));
  });

  it('stops at `until`, and tells the whole history by then', async () => {
    const { send, next, of, open } = begin();
    await open();
    const ended = next(stopped);
    await send({ kind: 'play', until: 257, speed: null });
    await ended;
    const last = of('progress').at(-1)!;
    expect(last.step).toBe(257);
    expect(last.history?.points.at(-1)?.step).toBe(257);
    expect(of('playing').map(r => r.playing)).toEqual([true, false]);
  });

  it('does not move when `until` is already past', async () => {
    const { send, of, open } = begin();
    await open();
    await send({ kind: 'step', count: 5 });
    await send({ kind: 'play', until: 5, speed: null });
    await send({ kind: 'pause' });
    expect(of('progress').at(-1)!.step).toBe(5);
    expect(of('playing').every(r => !r.playing)).toBe(true);
  });

  it('pauses, and goes on from there', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'play', until: null, speed: null });
    await next(beyond(20));
    await send({ kind: 'pause' });
    const at = of('progress').at(-1)!.step;
    await send({ kind: 'step', count: 1 });
    expect(of('progress').at(-1)!.step).toBe(at + 1);
    expect(of('playing').at(-1)!.playing).toBe(false);
  });

  it('keeps to a speed limit, and to a new one while it plays', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'play', until: null, speed: 5 });
    await next(beyond(0));
    await send({ kind: 'pause' });
    // At five a second, few steps can have passed by the first report of one.
    expect(of('progress').at(-1)!.step).toBeLessThan(5);
    await send({ kind: 'play', until: 300, speed: 5 });
    const ended = next(stopped);
    await send({ kind: 'play', until: 300, speed: null });
    await ended;
    expect(of('progress').at(-1)!.step).toBe(300);
  });

  it('takes milestones as they go by, also those set while it runs', async () => {
    const { send, of, open } = begin();
    await open(settings, [10, 50]);
    await send({ kind: 'step', count: 20 });
    await send({ kind: 'milestones', steps: [10, 30] });
    await send({ kind: 'step', count: 40 });
    expect(of('milestone').map(r => r.milestone.step)).toEqual([10, 30]);
    expect(of('milestone')[0]!.milestone.target).toHaveLength(10);
  });

  it('plays on in a new run, from step 0, with the same numbers', async () => {
    const { send, next, of, reports, open } = begin();
    await open();
    await send({ kind: 'play', until: null, speed: 500 });
    await next(beyond(100));
    await open();
    const since = reports.findLastIndex(r => r.kind === 'opened');
    await next(beyond(50));
    await send({ kind: 'pause' });
    expect(reports.slice(since).find(r => r.kind === 'playing')).toMatchObject({ playing: true });
    const progress = reports.slice(since).filter((r): r is ReportOf<'progress'> => r.kind === 'progress');
    const steps = stepsOf(progress).slice(0, 50);
    expect(steps.map(s => s.loss)).toEqual(await lossesOf(settings, 50));
    expect(of('refused')).toEqual([]);
  });
});

it('runs on the CPU and says why, where a GPU was asked for and there is none', async () => {
  const { session, of } = begin();
  await session.receive({ kind: 'open', settings, engine: 'gpu', milestones: [] });
  expect(of('opened')[0]!.choice).toMatchObject({
    engine: 'cpu',
    reason: 'unavailable',
    problem: { name: 'NoWebGpuError' },
  });
});

describe('what cannot be had is refused, and what ran goes on', () => {
  it('a run whose settings are wrong', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'play', until: null, speed: null });
    await next(beyond(10));
    await open({ ...settings, network: { ...settings.network, winners: 33 } });
    expect(of('refused')).toMatchObject([{ what: 'run', name: 'ConfigError' }]);
    const at = of('progress').at(-1)!.step;
    await next(beyond(at));
    expect(of('opened')).toHaveLength(1);
  });

  it('a network that does not fit into memory', async () => {
    const { send, of, open } = begin();
    await open();
    await send({ kind: 'step', count: 4 });
    // As large as the settings allow.
    await open({ ...settings, network: { ...settings.network, columns: 2048, cellsPerColumn: 16 } });
    expect(of('refused')).toMatchObject([
      {
        what: 'run',
        name: 'OutOfMemoryError',
        message: expect.stringMatching(/4,0\d\d MiB.*1,024 MiB.*Lower the columns or the cells per column/),
      },
    ]);
    await send({ kind: 'step', count: 1 });
    expect(of('progress').at(-1)!.step).toBe(5);
  });

  it('a file that is none', async () => {
    const { send, of, open } = begin();
    await open();
    await send({ kind: 'step', count: 4 });
    const bytes = new TextEncoder().encode('these are no weights');
    await send({ kind: 'restore', bytes, fileName: 'x.safetensors', engine: 'cpu', milestones: [] });
    expect(of('refused')).toMatchObject([{ what: 'file', name: 'FileError' }]);
    await send({ kind: 'step', count: 1 });
    expect(of('progress').at(-1)!.step).toBe(5);
  });

  it('a setting that needs a restart', async () => {
    const { send, of, open } = begin();
    await open();
    await send({ kind: 'set', path: 'columns', value: 64 });
    expect(of('refused')).toMatchObject([{ what: 'setting', name: 'ConfigError' }]);
    expect(of('changed')).toMatchObject([{ settings }]);
  });

  it('everything, while there is no network', async () => {
    const { send, of } = begin();
    await send({ kind: 'play', until: null, speed: null });
    await send({ kind: 'step', count: 1 });
    await send({ kind: 'frame' });
    await send({ kind: 'save', as: 'safetensors' });
    await send({ kind: 'pause' });
    expect(of('frame')).toEqual([{ kind: 'frame', frame: null, at: null }]);
    expect(of('progress')).toEqual([]);
  });
});

describe('weights', () => {
  it('saved and restored go on with the same numbers', async () => {
    const first = begin();
    await first.open();
    await first.send({ kind: 'step', count: 40 });
    await first.send({ kind: 'save', as: 'safetensors' });
    await first.send({ kind: 'step', count: 30 });

    const second = begin();
    const { bytes } = first.of('saved')[0]!;
    await second.send({ kind: 'restore', bytes, fileName: 'w.safetensors', engine: 'cpu', milestones: [50] });
    expect(second.of('opened')).toMatchObject([{ step: 40, settings, restoredFrom: 'w.safetensors' }]);
    await second.send({ kind: 'step', count: 30 });
    const expected = stepsOf(first.of('progress')).slice(40);
    expect(stepsOf(second.of('progress'))).toEqual(expected);
    expect(second.of('milestone').map(r => r.milestone.step)).toEqual([50]);
  });

  it('is saved as the model of a step, too, for the asking', async () => {
    const { send, of, open } = begin();
    await open();
    await send({ kind: 'step', count: 3 });
    await send({ kind: 'save', as: 'onnx' });
    const saved = of('saved')[0]!;
    expect(saved).toMatchObject({ as: 'onnx', step: 3 });
    const text = new TextDecoder('latin1').decode(saved.bytes);
    for (const name of ['next.predictive', 'memory.weight']) expect(text).toContain(name);
  });

  it('can still be saved while it plays', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'play', until: null, speed: null });
    await next(beyond(10));
    await send({ kind: 'save', as: 'safetensors' });
    expect(of('saved')[0]!.step).toBeGreaterThan(10);
    const at = of('progress').at(-1)!.step;
    await next(beyond(at));
  });
});

describe('a network that diverges', () => {
  it('is paused and told of, at the first loss that is no number', async () => {
    const { send, next, of, open } = begin();
    await open({
      ...settings,
      network: { ...settings.network, errorClip: 0, learningRate: 10, encoderRate: 100, warmup: 0 },
    });
    const ended = next(stopped);
    await send({ kind: 'play', until: null, speed: null });
    await ended;
    const { step, loss, good } = of('diverged')[0]!;
    expect([Number.isFinite(loss), good]).toEqual([false, 0]);
    const losses = stepsOf(of('progress'));
    expect(losses.find(s => !Number.isFinite(s.loss))!.step).toBe(step - 1);
    await send({ kind: 'save', as: 'safetensors' });
    expect(of('refused')).toMatchObject([{ what: 'download', name: 'FileError' }]);
    await open();
    await send({ kind: 'step', count: 5 });
    expect(Number.isFinite(of('progress').at(-1)!.summary.rmse)).toBe(true);
  });

  it('is paused and told of where the loss is still a number, but beyond all reason', async () => {
    const { send, next, of, open } = begin();
    await open({ ...settings, network: { ...settings.network, errorClip: 1, learningRate: 2 } });
    const ended = next(stopped);
    await send({ kind: 'play', until: null, speed: null });
    await ended;
    const { step, loss } = of('diverged')[0]!;
    const losses = stepsOf(of('progress')).map(s => s.loss);
    expect(losses.slice(0, step).every(Number.isFinite)).toBe(true);
    const mean = losses.slice(step - 200, step).reduce((sum, one) => sum + one, 0) / 200;
    expect(mean).toBeGreaterThan(1);
    expect(loss).toBeCloseTo(mean, 6);
    // A single step of the same network is no news.
    await send({ kind: 'step', count: 10 });
    expect(of('diverged')).toHaveLength(1);
  });

  it('goes back to its last good state, bit for bit, and learns on with half the rate', async () => {
    const { send, next, of, reports, open } = begin();
    await open({ ...settings, network: { ...settings.network, errorClip: 0 } }, [100, 450]);
    await send({ kind: 'step', count: 400 });
    await send({ kind: 'step', count: 300 });
    await send({ kind: 'set', path: 'learningRate', value: 3 });
    const diverged = next(stopped);
    await send({ kind: 'play', until: null, speed: null });
    await diverged;
    const { step, good } = of('diverged')[0]!;
    // The state after 400 steps, or an earlier one where time for a checkpoint came before; not a later one, which was
    // not yet known to be good.
    expect(good).toBeGreaterThan(0);
    expect(good).toBeLessThanOrEqual(500);
    expect(step).toBeGreaterThan(700);

    // Slow enough that every step is reported.
    await send({ kind: 'goBack', speed: 400 });
    const since = reports.findIndex(r => r.kind === 'wentBack');
    const { settings: now } = of('wentBack')[0]!;
    expect(of('wentBack')[0]).toMatchObject({ step: good, choice: { engine: 'cpu', reason: 'asked' } });
    expect(now.network).toMatchObject({ learningRate: 1.5, errorClip: 0 });
    expect(reports.slice(since).find(r => r.kind === 'playing')).toMatchObject({ playing: true });
    await next(beyond(good + 1));
    await send({ kind: 'pause' });
    const after = stepsOf(
      reports.slice(since).filter((r): r is ReportOf<'progress'> => r.kind === 'progress'),
    );
    const before = stepsOf(of('progress')).find(s => s.step === good)!;
    expect(after[0]).toEqual(before);
    const points = of('progress').at(-1)!.history!.points;
    expect(points.map(p => p.step)).toEqual(points.map(p => p.step).sort((a, b) => a - b));
    expect(of('refused')).toEqual([]);
  });

  it('is brought to learn again by going back as often as it takes', async () => {
    const { send, next, of, open } = begin();
    await open({ ...settings, network: { ...settings.network, errorClip: 0, learningRate: 3, warmup: 0 } });
    const recovered = next(beyond(3000)).then(() => true);
    let diverged = next(r => r.kind === 'diverged').then(() => false);
    await send({ kind: 'play', until: null, speed: null });
    while (!(await Promise.race([recovered, diverged]))) {
      diverged = next(r => r.kind === 'diverged').then(() => false);
      await send({ kind: 'goBack', speed: null });
    }
    await send({ kind: 'pause' });
    expect(of('wentBack').length).toBeGreaterThan(0);
    of('wentBack').forEach((r, i) => {
      expect(r.settings.network.learningRate).toBe(3 / 2 ** (i + 1));
      expect(r.step).toBeLessThan(of('diverged')[i]!.step);
    });
    // Better than saying nothing, which on this wave has a half.
    expect(of('progress').at(-1)!.summary.rmse ** 2).toBeLessThan(0.5);
  });

  it('starts anew with half the rate where it never did well', async () => {
    const { send, next, of, open } = begin();
    await open({
      ...settings,
      network: { ...settings.network, errorClip: 0, learningRate: 10, encoderRate: 100, warmup: 0 },
    });
    const ended = next(stopped);
    await send({ kind: 'play', until: null, speed: null });
    await ended;
    await send({ kind: 'goBack', speed: 5 });
    await send({ kind: 'pause' });
    expect(of('wentBack')[0]).toMatchObject({ step: 0, settings: { network: { learningRate: 5 } } });
    expect(of('playing').at(-1)!.playing).toBe(false);
  });
});

describe('a frame', () => {
  it('shows one step: what is active, what is predicted, and the state of the columns', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'step', count: 5 });
    const framed = next(r => r.kind === 'frame');
    await send({ kind: 'frame' });
    await framed;
    const frame = of('frame')[0]!.frame!;
    const { tail } = of('progress').at(-1)!;
    expect(frame.step).toBe(5);
    expect(frame.tensors.get('activity.prediction')![0]).toBe(tail!.prediction[4]);
    expect([...frame.tensors.get('activity.winners')!].sort()).toEqual([...tail!.winners.slice(-3)].sort());
    expect(frame.tensors.get('state.predictive')).toHaveLength(96);
    expect(frame.tensors.get('pooler.duty')).toHaveLength(32);
    expect(frame.column).toBeNull();
  });

  it('takes nothing from the network', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'pin', column: 3 });
    for (let i = 0; i < 30; i++) {
      await send({ kind: 'step', count: 1 });
      const framed = next(r => r.kind === 'frame');
      await send({ kind: 'frame' });
      await framed;
    }
    expect(stepsOf(of('progress')).map(s => s.loss)).toEqual(await lossesOf(settings, 30));
  });

  it('looks closely at the pinned column', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'step', count: 50 });
    await send({ kind: 'pin', column: 4 });
    const framed = next(r => r.kind === 'frame');
    await send({ kind: 'frame' });
    await framed;
    const { tensors, column } = of('frame')[0]!.frame!;
    expect(column!.column).toBe(4);
    expect(column!.duty).toBe(tensors.get('pooler.duty')![4]);
    expect(column!.tuning!.score).toHaveLength(column!.tuning!.input.length);
    expect(column!.distal).toHaveLength(3);
    for (const weights of column!.distal) {
      expect(weights).toHaveLength(8);
      const sizes = weights.map(w => Math.abs(w.weight));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }
  });
});

describe('the signal', () => {
  it('brings new floors when it changes', async () => {
    const { send, next, of, open } = begin();
    await open();
    const told = next(r => r.kind === 'floors');
    await send({ kind: 'set', path: 'signal.period', value: 20 });
    await send({ kind: 'set', path: 'signal.period', value: 25 });
    await told;
    expect(of('floors')).toHaveLength(1);
    expect(of('floors')[0]!.floors.noMemory).toBeCloseTo(Math.sin((2 * Math.PI) / 25) / Math.SQRT2, 6);
    expect(of('changed').map(r => r.settings.signal.period)).toEqual([20, 25]);
  });
});
