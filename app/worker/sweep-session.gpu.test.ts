import { afterEach, beforeAll, expect, it } from 'vitest';
import { parseSweepRange, planSweep } from '../../engine/population/sweep.ts';
import { type LosableGpu, openLosableGpu } from './losable-gpu.ts';
import { listen, settings, stopped } from './overheard.ts';
import type { SweepReport } from './sweep-protocol.ts';
import { SweepSession } from './sweep-session.ts';

let losable: LosableGpu;
beforeAll(async () => {
  losable = await openLosableGpu();
});

let session: SweepSession;
afterEach(async () => {
  await session.dispose();
  losable.none = false;
});

function begin() {
  const { post, ...heard } = listen<SweepReport>();
  session = new SweepSession(post, losable.gpu);
  return heard;
}

/** The last of the networks diverges. */
const sweep = planSweep(settings, [parseSweepRange('learningRate=0.01,0.03,10')]);
const start = (id: number, steps: number) =>
  session.receive({ kind: 'start', id, settings, sweep, steps, engine: 'gpu' });

it('whose GPU is lost goes on from a state that was kept, and comes to the same; done, it can still be adopted', async () => {
  const { of, next } = begin();
  const steps = 1500;
  const undisturbed = next(stopped);
  await start(1, steps);
  await undisturbed;
  const { stepsPerSecond: _, id: __, ...expected } = of('progress').at(-1)!;
  expect(expected.step).toBe(steps);
  expect(expected.members[2]!.divergedAt).toBeGreaterThan(0);
  await session.receive({ kind: 'save', member: 1 });
  const gone = next(report => report.kind === 'lost');
  losable.loseDevice();
  await gone;
  expect(of('lost')).toEqual([{ id: 1, kind: 'lost', step: steps, from: steps, again: false }]);
  await session.receive({ kind: 'save', member: 1 });
  expect(of('saved')[1]).toEqual(of('saved')[0]);

  const paused = next(stopped);
  await start(2, steps);
  await session.receive({ kind: 'pause' });
  await paused;
  const from = of('progress').at(-1)!.step;
  expect(from).toBeGreaterThan(0);
  expect(from).toBeLessThan(steps);
  const done = next(stopped);
  const further = next(report => report.kind === 'progress');
  await session.receive({ kind: 'play' });
  await further;
  losable.loseDevice();
  await done;
  expect(of('playing').map(report => report.done)).toEqual([false, true, false, false, false, false, true]);
  expect(of('lost')[1]).toMatchObject({ id: 2, from, again: true });
  expect(of('started').at(-1)!.choice).toMatchObject({ engine: 'gpu', reason: 'asked' });
  expect(of('progress').at(-1)).toMatchObject(expected);
  await session.receive({ kind: 'save', member: 1 });
  expect(of('saved')[2]).toEqual({ ...of('saved')[0], id: 2 });

  // Stopped by hand, it is as done as one that came to its last step, whether its last state is there or not.
  const first = next(report => report.kind === 'progress');
  await start(3, 1e6);
  await first;
  await session.receive({ kind: 'stop' });
  expect(of('playing').at(-1)).toEqual({ id: 3, kind: 'playing', playing: false, done: true });
  const stands = of('progress').at(-1)!.step;
  const lastWord = next(report => report.kind === 'lost');
  losable.loseDevice();
  await lastWord;
  expect(of('lost')[2]).toEqual({ id: 3, kind: 'lost', step: stands, from: stands, again: false });
  await session.receive({ kind: 'save', member: 0 });
  expect(of('saved')[3]).toMatchObject({ id: 3, step: stands });
  expect(of('failed')).toEqual([]);
});

it('is kept as it trains; where there is no GPU any more, it goes on from there on the CPU', async () => {
  const { of, next } = begin();
  await start(3, 1e6);
  const begun = performance.now();
  const later = next(() => performance.now() - begun > 1600);
  await later;
  // What is read comes before the steps that follow it.
  for (let reports = 0; reports < 4; reports++) await next(report => report.kind === 'progress');
  losable.none = true;
  // Stopped at the moment of the loss, too late for its last state: it is done once it has come there again.
  const again = next(report => stopped(report) && of('started').length === 2);
  losable.loseDevice();
  await session.receive({ kind: 'stop' });
  await again;
  expect(of('playing').at(-1)).toMatchObject({ playing: false, done: true });
  expect(of('lost')).toMatchObject([{ again: true }]);
  const { from, step } = of('lost')[0]! as { from: number; step: number };
  expect(from).toBeGreaterThan(0);
  expect(from).toBeLessThan(step);
  expect(of('started').at(-1)!.choice).toMatchObject({
    engine: 'cpu',
    reason: 'unavailable',
    problem: { name: 'DeviceLostError' },
  });
  expect(of('progress').at(-1)!.step).toBe(step);

  // Stopped while its networks are being made again, it is done at once, and they are handed over as they were kept.
  losable.none = false;
  await start(4, 1e6);
  const gone = next(report => report.kind === 'lost');
  await next(report => report.kind === 'progress');
  await session.receive({ kind: 'pause' });
  const paused = of('progress').at(-1)!.step;
  await session.receive({ kind: 'play' });
  await next(report => report.kind === 'progress');
  losable.loseDevice();
  await gone;
  const reached = of('progress').at(-1)!;
  const told = of('started').length;
  await session.receive({ kind: 'stop' });
  expect(of('playing').at(-1)).toEqual({ id: 4, kind: 'playing', playing: false, done: true });
  const [, remade, ended] = of('lost');
  expect(remade).toMatchObject({ id: 4, again: true });
  expect(remade!.from).toBeGreaterThanOrEqual(paused);
  expect(ended).toEqual({ ...remade, again: false });
  await session.receive({ kind: 'save', member: 1 });
  expect(of('saved').at(-1)).toMatchObject({ id: 4, member: 1, step: remade!.from });
  await session.receive({ kind: 'play' });
  expect(of('progress').at(-1)).toBe(reached);
  expect(of('started')).toHaveLength(told);
  expect(of('failed')).toEqual([]);
});
