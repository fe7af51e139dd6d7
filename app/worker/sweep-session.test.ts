import { afterEach, expect, it } from 'vitest';
import { decodeCheckpoint } from '../../engine/file/checkpoint-reader.ts';
import { parseSweepRange, planSweep } from '../../engine/population/sweep.ts';
import { listen, settings, stopped } from './overheard.ts';
import type { SweepReport } from './sweep-protocol.ts';
import { SweepSession } from './sweep-session.ts';

let session: SweepSession;
afterEach(() => session.dispose());

/** A session, and all that it says. */
function begin() {
  const { post, ...heard } = listen<SweepReport>();
  session = new SweepSession(post, undefined);
  return heard;
}

const sweep = planSweep(settings, [parseSweepRange('learningRate=0.01,0.03,10')]);
const start = (steps: number) =>
  session.receive({ kind: 'start', id: 7, settings, sweep, steps, engine: 'cpu' });

it('trains all networks to the last step, pauses and plays on, and hands one over', async () => {
  const { of, next, reports } = begin();
  const paused = next(stopped);
  await start(900);
  await session.receive({ kind: 'pause' });
  await paused;
  const { step } = of('progress').at(-1)!;
  expect(step).toBeLessThan(900);

  const done = next(stopped);
  await session.receive({ kind: 'play' });
  await done;
  const last = of('progress').at(-1)!;
  expect(last.step).toBe(900);
  expect(last.ranking.at(-1)).toBe(2);
  expect(last.members[2]!.divergedAt).toBeGreaterThan(0);
  expect(last.members[last.ranking[0]!]!.rmse).toBeLessThan(last.members[last.ranking[1]!]!.rmse);
  for (const [member, curve] of last.curves.entries()) {
    const steps = curve.filter((_, i) => i % 2 === 0);
    expect(steps.length).toBeLessThanOrEqual(100);
    expect([...steps].sort((a, b) => a - b)).toEqual([...steps]);
    if (member !== 2) expect(steps.at(-1)).toBeGreaterThan(890);
    expect(curve.every(Number.isFinite)).toBe(true);
  }
  // There is nothing left to do.
  await session.receive({ kind: 'play' });
  expect(reports.at(-1)).toMatchObject({ kind: 'playing', playing: false });

  await session.receive({ kind: 'save', member: 1 });
  const saved = of('saved')[0]!;
  expect(saved).toMatchObject({ member: 1, step: 900 });
  expect(decodeCheckpoint(saved.bytes).settings.network.learningRate).toBe(0.03);
});

it('says what is wrong with settings, and starts again after that', async () => {
  const { of, next } = begin();
  const large = { ...settings, network: { ...settings.network, columns: 2048, cellsPerColumn: 16 } };
  await session.receive({ kind: 'start', id: 6, settings: large, sweep, steps: 10, engine: 'cpu' });
  expect(of('failed')).toEqual([
    { id: 6, kind: 'failed', name: 'OutOfMemoryError', message: expect.stringContaining('fewer networks') },
  ]);
  await session.receive({ kind: 'save', member: 0 });
  const done = next(stopped);
  await start(8);
  await done;
  expect(of('progress').at(-1)).toMatchObject({ id: 7, step: 8 });
  expect(of('failed')).toHaveLength(1);
});
