import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Trainer } from '../../engine/trainer.ts';
import { type LosableGpu, openLosableGpu } from './losable-gpu.ts';
import { begin, beyond, endAll, type ReportOf, settings, stepsOf } from './overheard.ts';

let losable: LosableGpu;
beforeAll(async () => {
  losable = await openLosableGpu();
});

afterEach(async () => {
  await endAll();
  losable.none = false;
});

describe('when the GPU is lost', () => {
  it('a run that plays goes on on the GPU; lost again soon, on the CPU, each time from its last checkpoint', async () => {
    const { send, next, reports, of, open } = begin(losable.gpu);
    await send({ kind: 'driver', driver: 'loop' });
    await open(settings, [10, 25, 60]);
    expect(of('opened')[0]!.choice).toMatchObject({ engine: 'gpu', reason: 'asked', driver: 'loop' });
    await send({ kind: 'step', count: 20 });
    // Slow enough that every step is reported: at full speed only the last 1,024 of each report are.
    await send({ kind: 'play', until: null, speed: 400 });
    await next(beyond(29));
    for (const _ of ['once', 'and again']) {
      const moving = next(r => r.kind === 'moved');
      losable.loseDevice();
      await moving;
      await next(beyond(of('moved').at(-1)!.step + 50));
    }
    await send({ kind: 'pause' });
    const [first, second] = of('moved');
    expect(first).toMatchObject({ why: 'lost', choice: { engine: 'gpu', reason: 'asked', driver: 'loop' } });
    expect(second).toMatchObject({
      why: 'lost',
      choice: { engine: 'cpu', reason: 'unavailable', problem: { name: 'DeviceLostError' } },
    });
    expect(first!.step).toBeGreaterThanOrEqual(20);
    expect(second!.step).toBeGreaterThanOrEqual(first!.step);

    const progress = (some: typeof reports) =>
      stepsOf(some.filter((r): r is ReportOf<'progress'> => r.kind === 'progress'));
    for (const move of [first!, second!]) {
      const at = reports.indexOf(move);
      const before = progress(reports.slice(0, at));
      const after = progress(reports.slice(at));
      expect(after[0]!.step).toBe(move.step);
      const again = after.filter(s => s.step <= before.at(-1)!.step);
      for (const { step, loss } of again)
        expect(loss).toBeCloseTo(before.findLast(s => s.step === step)!.loss, 3);
    }

    const points = of('progress')
      .at(-1)!
      .history!.points.map(p => p.step);
    expect(points).toEqual([...new Set(points)].sort((a, b) => a - b));
    expect(of('milestone').map(r => r.milestone.step)).toContain(60);
    expect(of('refused')).toEqual([]);
  });

  it('and gone, a paused run is moved with nothing lost, stays paused, and goes back once the GPU is there', async () => {
    const { send, next, of, open } = begin(losable.gpu);
    await open();
    await send({ kind: 'step', count: 12 });
    await send({ kind: 'set', path: 'learningRate', value: 0.001 });
    const moving = next(r => r.kind === 'moved');
    losable.none = true;
    losable.loseDevice();
    await moving;
    expect(of('moved')).toMatchObject([{ step: 12, choice: { engine: 'cpu' } }]);
    await send({ kind: 'step', count: 1 });
    expect(of('progress').at(-1)!.step).toBe(13);
    expect(of('playing')).toEqual([]);
    await send({ kind: 'mode', mode: {} });
    expect(of('changed').at(-1)!.settings.network.learningRate).toBe(0.001);

    await send({ kind: 'useGpu', engine: 'gpu' });
    expect(of('refused')).toMatchObject([{ what: 'engine', name: 'NoAdapterError' }]);
    await send({ kind: 'step', count: 1 });
    losable.none = false;
    await send({ kind: 'useGpu', engine: 'gpu' });
    expect(of('moved').at(-1)).toMatchObject({ step: 14, why: 'asked', choice: { engine: 'gpu' } });
    await send({ kind: 'step', count: 1 });
    await send({ kind: 'mode', mode: {} });
    expect(of('changed').at(-1)!.settings.network.learningRate).toBe(0.001);
    expect(stepsOf(of('progress')).map(s => s.step)).toEqual(Array.from({ length: 15 }, (_, i) => i));
    expect(of('playing')).toEqual([]);
  });

  it('a command that finds it gone is carried out where the run goes on; without room for that, Play tries again', async () => {
    const { send, next, of, open } = begin(losable.gpu);
    await open();
    await send({ kind: 'step', count: 12 });
    losable.loseDevice();
    await send({ kind: 'save', as: 'safetensors' });
    expect(of('saved')[0]!.step).toBe(12);
    await send({ kind: 'step', count: 1 });

    const none = new RangeError('Array buffer allocation failed.');
    const failing = vi.spyOn(Trainer, 'resume').mockRejectedValue(none);
    const refused = next(r => r.kind === 'refused');
    losable.loseDevice();
    await refused;
    failing.mockRestore();
    expect(of('playing')).toMatchObject([{ playing: false }]);
    const done = next(r => r.kind === 'playing' && !r.playing);
    await send({ kind: 'play', until: 15, speed: null });
    await done;
    expect(of('moved')).toMatchObject([
      { step: 12, choice: { engine: 'gpu' } },
      { step: 13, choice: { engine: 'cpu' } },
    ]);
    expect(of('progress').at(-1)!.step).toBe(15);
    expect(of('refused')).toMatchObject([
      {
        what: 'run',
        name: 'DeviceLostError',
        message: expect.stringMatching(/allocation failed.*press Play/),
      },
    ]);
  });

  it('a run that has not begun starts again, and a new run tries the GPU again', async () => {
    const { send, next, of, open } = begin(losable.gpu);
    await open();
    const moving = next(r => r.kind === 'moved');
    losable.none = true;
    losable.loseDevice();
    await moving;
    await send({ kind: 'step', count: 3 });
    expect(of('moved')).toMatchObject([{ step: 0, choice: { engine: 'cpu' } }]);
    expect(of('progress').at(-1)!.step).toBe(3);
    losable.none = false;
    await open();
    expect(of('opened').map(r => r.choice.engine)).toEqual(['gpu', 'gpu']);
  });
});

it('a run goes back to its last good state on the GPU, bit for bit, with half the learning rate', async () => {
  const { send, next, of, reports, open } = begin(losable.gpu);
  await open();
  await send({ kind: 'step', count: 300 });
  await send({ kind: 'step', count: 250 });
  // Slow enough that every step is reported.
  await send({ kind: 'goBack', speed: 100 });
  const since = reports.findIndex(r => r.kind === 'wentBack');
  expect(of('wentBack')).toMatchObject([
    {
      choice: { engine: 'gpu', reason: 'asked' },
      settings: { network: { learningRate: settings.network.learningRate / 2 } },
    },
  ]);
  const { step } = of('wentBack')[0]!;
  expect(step).toBeGreaterThan(0);
  expect(step).toBeLessThanOrEqual(350);
  await next(beyond(step + 1));
  await send({ kind: 'pause' });
  const before = stepsOf(of('progress')).find(s => s.step === step);
  const after = stepsOf(reports.slice(since).filter((r): r is ReportOf<'progress'> => r.kind === 'progress'));
  expect(after[0]).toEqual(before);
  expect(of('refused')).toEqual([]);
  expect(of('moved')).toEqual([]);
});

it('frames come from the step that they name, while it trains', async () => {
  const { send, next, of, open } = begin(losable.gpu);
  await open();
  await send({ kind: 'play', until: null, speed: null });
  for (let i = 0; i < 5; i++) {
    const framed = next(r => r.kind === 'frame');
    await send({ kind: 'frame' });
    await framed;
  }
  await send({ kind: 'pause' });
  const inputs = new Map<number, number>();
  for (const { tail } of of('progress'))
    if (tail) for (let r = 0; r < tail.count; r++) inputs.set(tail.firstStep + r + 1, tail.input[r]!);
  const frames = of('frame').map(r => r.frame!);
  for (const { step, tensors } of frames)
    if (step > 0) expect(tensors.get('activity.input')![0]).toBe(inputs.get(step));
  expect(frames.at(-1)!.step).toBeGreaterThan(0);
});

it('runs the past again on the GPU, to the last bit, and tells a step closely, and the gradients of a milestone', async () => {
  const { send, next, of, open } = begin(losable.gpu);
  await open(settings, [12]);
  const ask = async (at: number | null) => {
    const came = next(r => r.kind === 'frame' && r.at === at);
    await send({ kind: 'frame', at });
    await came;
    return of('frame').at(-1)!.frame!;
  };
  const gradients = async (at: number | null) => {
    const came = next(r => r.kind === 'inspection');
    await send({ kind: 'inspect', views: [{ kind: 'histograms', of: 'gradients' }], at });
    await came;
    const { step, answers } = of('inspection').at(-1)!.inspection!;
    expect(step).toBe(12);
    if (answers[0]?.kind !== 'histograms') throw new Error('no histograms');
    return answers[0].tensors.flatMap(({ histogram: { reach, mean, deviation } }) => [
      reach,
      mean,
      deviation,
    ]);
  };
  await send({ kind: 'step', count: 12 });
  const then = await ask(null);
  const read = await gradients(null);
  await send({ kind: 'step', count: 8 });
  const recalled = next(r => r.kind === 'recalled');
  await send({ kind: 'recall' });
  await recalled;
  expect(of('recalled')).toEqual([{ kind: 'recalled', exact: true }]);
  expect(await ask(12)).toEqual(then);
  // Of the GPU's own last step, and of the same one run again on the CPU when the milestone was reached.
  const kept = await gradients(12);
  expect(kept).toHaveLength(read.length);
  for (const [i, figure] of kept.entries()) expect(figure).toBeCloseTo(read[i]!, 5);
  expect(Math.max(...kept)).toBeGreaterThan(1e-3);

  await send({ kind: 'closeUp' });
  const { frame, changes, errors } = of('closeUp')[0]!.closeUp;
  expect(frame.step).toBe(21);
  const winners = [...frame.tensors.get('activity.winners')!].sort((a, b) => a - b);
  const moved = (values: Float32Array) => [...values.keys()].filter(i => values[i] !== 0);
  expect(moved(changes!.find(change => change.name === 'pooler.weight')!.byUnit)).toEqual(winners);
  expect(moved(errors!.get('pooler')!)).toEqual(winners);
});
