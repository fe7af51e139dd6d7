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
afterEach(() => {
  losable.forget();
  return session.dispose();
});

function begin() {
  const { post, ...heard } = listen<SweepReport>();
  session = new SweepSession(post, losable.gpu);
  return heard;
}

const sweep = planSweep(settings, [parseSweepRange('learningRate=0.01,0.03')]);

it('whose GPU is lost starts again there; lost again soon, on the CPU, and comes to where it was paused', async () => {
  const { of, next } = begin();
  const steps = 20_000;
  const under = next(report => report.kind === 'progress' && report.step > 0);
  await session.receive({ kind: 'start', id: 1, settings, sweep, steps, engine: 'gpu' });
  expect(of('started').at(-1)!.choice.engine).toBe('gpu');
  await under;
  const again = next(report => report.kind === 'started');
  losable.loseDevices();
  await again;
  expect(of('lost')).toEqual([{ id: 1, kind: 'lost', step: expect.any(Number), again: true }]);
  expect(of('lost')[0]!.step).toBeGreaterThan(0);
  expect(of('started').at(-1)!.choice).toMatchObject({ engine: 'gpu', reason: 'asked' });

  const paused = next(stopped);
  await session.receive({ kind: 'pause' });
  await paused;
  const { step } = of('progress').at(-1)!;
  expect(step).toBeLessThan(steps);
  const back = next(stopped);
  losable.loseDevices();
  await back;
  expect(of('lost').at(-1)).toMatchObject({ step, again: true });
  expect(of('started').at(-1)!.choice).toMatchObject({
    engine: 'cpu',
    reason: 'unavailable',
    problem: { name: 'DeviceLostError' },
  });
  expect(of('progress').at(-1)!.step).toBe(step);
  expect(of('failed')).toEqual([]);
});

it('that was done when the GPU is lost keeps its figures, and says that its networks are gone', async () => {
  const { of, next } = begin();
  const done = next(stopped);
  await session.receive({ kind: 'start', id: 2, settings, sweep, steps: 8, engine: 'gpu' });
  await done;
  const lost = next(report => report.kind === 'lost');
  losable.loseDevices();
  await lost;
  expect(of('lost')).toEqual([{ id: 2, kind: 'lost', step: 8, again: false }]);
  await session.receive({ kind: 'save', member: 0 });
  expect(of('unsaved')).toMatchObject([
    { member: 0, message: expect.stringContaining('Start the sweep again') },
  ]);
  expect(of('failed')).toEqual([]);
});
