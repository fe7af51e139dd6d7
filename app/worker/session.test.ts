import { afterEach, describe, expect, it } from 'vitest';
import { begin, beyond, endAll, lossesOf, type ReportOf, settings, stepsOf, stopped } from './overheard.ts';

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
    const restore = (file: Blob) =>
      send({ kind: 'restore', file, fileName: 'x.safetensors', engine: 'cpu', milestones: [] });
    // Which is known from its first bytes: of a gigabyte no more than those are read.
    const large = new Blob(['these are no weights', new Uint8Array(2e6)]);
    large.arrayBuffer = () => Promise.reject(new Error('read whole'));
    await restore(large);
    // One that has gone since it was chosen.
    const gone = new Blob();
    gone.slice = () => large;
    await restore(gone);
    expect(of('refused')).toMatchObject([
      { what: 'file', name: 'FileError', message: expect.stringContaining('not a safetensors file') },
      { what: 'file', name: 'FileError', message: expect.stringContaining('could not open x.safetensors') },
    ]);
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
