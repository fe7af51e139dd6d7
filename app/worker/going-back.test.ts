import { afterEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../engine/model/config.ts';
import { begin, beyond, endAll, type ReportOf, settings, stepsOf, stopped } from './overheard.ts';

afterEach(endAll);

const hopeless: Settings = {
  ...settings,
  network: { ...settings.network, errorClip: 0, learningRate: 10, encoderRate: 100, warmup: 0 },
};

describe('a network that diverges', () => {
  it('is paused and told of, at the first loss that is no number', async () => {
    const { send, next, of, open } = begin();
    await open(hopeless);
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
    await open(hopeless);
    const ended = next(stopped);
    await send({ kind: 'play', until: null, speed: null });
    await ended;
    await send({ kind: 'goBack', speed: 5 });
    await send({ kind: 'pause' });
    expect(of('wentBack')[0]).toMatchObject({ step: 0, settings: { network: { learningRate: 5 } } });
    expect(of('playing').at(-1)!.playing).toBe(false);
  });
});
