import { afterEach, describe, expect, it } from 'vitest';
import { Trainer } from '../../engine/trainer.ts';
import { Observation } from './observation.ts';
import { begin, endAll, type ReportOf, settings, stepsOf, stopped } from './overheard.ts';
import type { Report } from './protocol.ts';

afterEach(endAll);

const frameAt = (at: number | null) => (report: Report) => report.kind === 'frame' && report.at === at;

/** The frame after `steps` steps of the run that all tests here have, with a column's details. */
async function trueFrame(steps: number, column: number) {
  const trainer = await Trainer.create(settings, { engine: 'cpu' });
  await trainer.run(steps);
  const frame = await new Observation(trainer).frame(column, false);
  trainer.dispose();
  return frame;
}

/** Runs past a milestone at 300 and rests at 900, with column 2 pinned. */
async function rested() {
  const overheard = begin();
  const { send, open, next } = overheard;
  await open(settings, [300]);
  await send({ kind: 'pin', column: 2 });
  const ended = next(stopped);
  await send({ kind: 'play', until: 900, speed: null });
  await ended;
  const ask = async (at: number | null) => {
    const came = next(frameAt(at));
    await send({ kind: 'frame', at });
    await came;
    return overheard.of('frame').at(-1)!.frame;
  };
  return { ...overheard, ask };
}

describe('the past of a run', () => {
  it('is shown at a milestone as it was, with the steps before it told by then', async () => {
    const { of, ask, reports } = await rested();
    const reached = reports.findIndex(report => report.kind === 'milestoneReached');
    const before = reports.slice(0, reached).filter((r): r is ReportOf<'progress'> => r.kind === 'progress');
    expect(of('milestoneReached')).toEqual([{ kind: 'milestoneReached', step: 300 }]);
    expect(stepsOf(before).at(-1)?.step).toBe(299);
    expect(await ask(300)).toEqual(await trueFrame(300, 2));
    expect(await ask(300)).toEqual(await trueFrame(300, 2));
  });

  it('is shown at any of the last steps, first at once and then with the pinned column', async () => {
    const { send, next, ask, of } = await rested();
    const recalled = next(report => report.kind === 'recalled');
    await send({ kind: 'recall' });
    await recalled;
    expect(of('recalled')).toEqual([{ kind: 'recalled', exact: true }]);
    const { tensors, column } = await trueFrame(777, 2);
    const detailed = next(
      report => frameAt(777)(report) && (report as ReportOf<'frame'>).frame?.column != null,
    );
    expect((await ask(777))!.tensors).toEqual(tensors);
    await detailed;
    expect(of('frame').at(-1)!.frame).toEqual({ step: 777, tensors, column });
    expect(await ask(901)).toBeNull();
    expect((await ask(null))!.step).toBe(900);
  });

  it('leaves the run as it is, and gives way to it', async () => {
    const { send, next, of } = await rested();
    void send({ kind: 'frame', at: 10 });
    await send({ kind: 'step', count: 1 });
    const losses = stepsOf(of('progress')).map(step => step.loss);
    const { send: sendPlain, open, of: ofPlain } = begin();
    await open(settings);
    await sendPlain({ kind: 'step', count: 901 });
    expect(losses).toEqual(stepsOf(ofPlain('progress')).map(step => step.loss));
    const answered = next(frameAt(901));
    await send({ kind: 'frame', at: 901 });
    await answered;
  });

  it('halts at milestones that were chosen while it trains', async () => {
    const { send, open, next, of } = begin();
    await open(settings, []);
    await send({ kind: 'play', until: null, speed: null });
    const reached = next(report => report.kind === 'milestoneReached');
    await send({ kind: 'milestones', steps: [100_000, 4000] });
    await reached;
    expect(of('milestoneReached')[0]!.step).toBe(4000);
    expect(of('playing').at(-1)!.playing).toBe(true);
  });
});
