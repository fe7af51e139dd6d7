import { afterEach, describe, expect, it } from 'vitest';
import { learnedTensors } from '../../engine/model/tensors.ts';
import { Trainer } from '../../engine/trainer.ts';
import type { InspectionAnswer, InspectionView } from './inspection-views.ts';
import { begin, beyond, endAll, settings, stopped } from './overheard.ts';

const { network } = settings;
const cells = network.columns * network.cellsPerColumn;

type AnswerOf<K extends InspectionAnswer['kind']> = Extract<InspectionAnswer, { kind: K }>;

function inspector() {
  const heard = begin();
  const inspectAt = async (at: number | null, ...views: InspectionView[]) => {
    const told = heard.next(report => report.kind === 'inspection');
    await heard.send({ kind: 'inspect', views, at });
    await told;
    return heard.of('inspection').at(-1)!.inspection!;
  };
  return {
    ...heard,
    inspect: (...views: InspectionView[]) => inspectAt(null, ...views),
    inspectAt,
  };
}

const answerOf = <K extends InspectionAnswer['kind']>(answers: readonly InspectionAnswer[], kind: K) =>
  answers.find((answer): answer is AnswerOf<K> => answer.kind === kind)!;

afterEach(endAll);

describe('a closer look', () => {
  it('shows what cells did at every step that was trained meanwhile, as the trainer has it', async () => {
    const { inspect, open, send, next } = inspector();
    await open();
    expect(answerOf((await inspect({ kind: 'cells' })).answers, 'cells').stretches).toEqual([]);
    const ended = next(stopped);
    await send({ kind: 'play', until: 60, speed: null });
    await ended;
    const { stretches } = answerOf((await inspect({ kind: 'cells' })).answers, 'cells');
    expect(stretches.map(s => [s.firstStep, s.count])).toEqual([[0, 60]]);

    const trainer = await Trainer.create(settings, { engine: 'cpu' });
    const [stretch] = stretches;
    for (let step = 0; step < 60; step++) {
      await trainer.run(1);
      const { tensors } = await trainer.read([
        'activity.input',
        'previous.predictive',
        'state.active',
        'activity.winners',
      ]);
      const winners = [...tensors.get('activity.winners')!];
      const at = step * network.winners;
      expect([...stretch!.winners.subarray(at, at + network.winners)]).toEqual(winners);
      expect(stretch!.predicted.subarray(step * cells, (step + 1) * cells)).toEqual(
        tensors.get('previous.predictive'),
      );
      expect([...stretch!.input.subarray(step * network.inputs, (step + 1) * network.inputs)]).toEqual([
        ...tensors.get('activity.input')!,
      ]);
      const active = winners.flatMap(column => [
        ...tensors
          .get('state.active')!
          .subarray(column * network.cellsPerColumn, (column + 1) * network.cellsPerColumn),
      ]);
      const width = network.winners * network.cellsPerColumn;
      expect([...stretch!.active.subarray(step * width, (step + 1) * width)]).toEqual(active);
    }
    trainer.dispose();
  });

  it('shows the present step of a run that stands, and no more once nobody looks', async () => {
    const { inspect, open, send } = inspector();
    await open();
    await send({ kind: 'step', count: 7 });
    const steps = async (...views: InspectionView[]) =>
      answerOf((await inspect({ kind: 'cells' }, ...views)).answers, 'cells').stretches.map(s => [
        s.firstStep,
        s.count,
      ]);
    expect(await steps()).toEqual([[6, 1]]);
    await send({ kind: 'step', count: 3 });
    expect(await steps()).toEqual([[7, 3]]);
    await inspect();
    await send({ kind: 'step', count: 5 });
    expect(await steps()).toEqual([[14, 1]]);
  });

  it('runs the last steps again for what was not looked at, and finds what it would have seen', async () => {
    const seen = async (look: boolean) => {
      const { inspect, open, send } = inspector();
      await open();
      if (look) await inspect({ kind: 'cells' });
      await send({ kind: 'step', count: 40 });
      const { answers } = await inspect({ kind: look ? 'cells' : 'past' });
      return answerOf(answers, 'cells').stretches;
    };
    const [watched, past] = [await seen(true), await seen(false)];
    expect(past).toHaveLength(1);
    expect(past).toEqual(watched);
  });

  it('answers all views of the same step, while it trains', async () => {
    const { inspect, open, send, next } = inspector();
    await open();
    await send({ kind: 'play', until: null, speed: null });
    await next(beyond(30));
    const {
      answers,
      step,
      network: first,
    } = await inspect(
      { kind: 'use' },
      { kind: 'tuning' },
      { kind: 'distal', cell: 5, direction: 'incoming' },
      { kind: 'histograms', of: 'weights' },
    );
    expect(answers.map(a => a.kind)).toEqual(['use', 'tuning', 'distal', 'histograms']);
    expect(step).toBeGreaterThan(30);
    const { points } = answerOf(answers, 'use');
    expect(points[0]).toMatchObject({ step: 10 });
    const tuning = answerOf(answers, 'tuning');
    expect(tuning.score).toHaveLength(network.columns * tuning.input.length);
    const winning = tuning.wins.reduce((sum, wins) => sum + wins, 0);
    expect(winning).toBe(network.winners * tuning.input.length);
    expect(answerOf(answers, 'distal').weights).toHaveLength(cells);
    const { tensors, leftOut } = answerOf(answers, 'histograms');
    expect(tensors.map(t => t.name)).toEqual(learnedTensors(network).map(t => t.name));
    expect(leftOut).toEqual([]);
    for (const { histogram } of tensors)
      expect(histogram.counts.reduce((sum, n) => sum + n, 0)).toBe(histogram.size);
    await send({ kind: 'pause' });
    await open();
    expect((await inspect({ kind: 'use' })).network).not.toBe(first);
  });

  it('shows gradients, which are mostly zero in the memory', async () => {
    const { inspect, open, send } = inspector();
    await open();
    await send({ kind: 'step', count: 20 });
    const { tensors } = answerOf(
      (await inspect({ kind: 'histograms', of: 'gradients' })).answers,
      'histograms',
    );
    const memory = tensors.find(t => t.name === 'memory.weight')!;
    expect(memory.initial).toBeNull();
    expect(memory.histogram.zeros).toBeGreaterThan(0.5 * cells * cells);
    expect(memory.histogram.reach).toBeGreaterThan(0);
  });

  it('shows the tuning of symbols: which columns each of them has win, as they do when it comes', async () => {
    const { inspect, open, send } = inspector();
    const signal = { ...settings.signal, wave: 'highOrder', amplitude: 1 } as const;
    await open({
      ...settings,
      signal,
      network: { ...network, inputs: 6, inputNoise: 0, finalInputNoise: 0 },
    });
    await send({ kind: 'mode', mode: { learning: false } });
    await send({ kind: 'step', count: 1 });
    const { answers } = await inspect({ kind: 'cells' }, { kind: 'tuning' });
    const { input, wins } = answerOf(answers, 'tuning');
    expect([...input]).toEqual([0, 1, 2, 3, 4, 5]);
    const [stretch] = answerOf(answers, 'cells').stretches;
    const came = stretch!.input.indexOf(1);
    const winning = Array.from({ length: network.columns }, (_, j) => j).filter(j => wins[j * 6 + came]);
    expect(winning).toEqual([...stretch!.winners].sort((a, b) => a - b));
  });

  it('has no tuning of several channels to show', async () => {
    const { inspect, open } = inspector();
    await open({ ...settings, network: { ...network, inputs: 2 } });
    expect((await inspect({ kind: 'tuning' })).answers).toEqual([]);
  });

  it('goes back to the weights and gradients of a past step, and of a milestone', async () => {
    const views = [
      { kind: 'tuning' },
      { kind: 'distal', cell: 5, direction: 'incoming' },
      { kind: 'histograms', of: 'weights' },
      { kind: 'histograms', of: 'gradients' },
    ] as const;
    const first = inspector();
    await first.open(settings, [200]);
    await first.send({ kind: 'step', count: 640 });
    await first.send({ kind: 'step', count: 700 });
    const now = await first.inspect(...views);
    expect(now.step).toBe(1340);
    const then = await first.inspectAt(640, ...views);
    const snapshot = await first.inspectAt(200, ...views);
    const gradients = await first.inspectAt(200, views[3]);
    const beyond = await first.inspectAt(1341, ...views);
    const before = answerOf((await first.inspectAt(200, { kind: 'past' })).answers, 'cells');

    const second = inspector();
    await second.open(settings, []);
    await second.send({ kind: 'step', count: 200 });
    const early = await second.inspect(...views);
    const cellsEarly = answerOf((await second.inspect({ kind: 'past' })).answers, 'cells');
    await second.send({ kind: 'step', count: 440 });
    const live = await second.inspect(...views);

    expect(then.step).toBe(640);
    expect(then.answers).toEqual(live.answers);
    expect(then.answers).not.toEqual(now.answers);
    expect(snapshot.step).toBe(200);
    expect(snapshot.answers).toEqual(early.answers);
    expect(gradients).toMatchObject({ step: 200, answers: early.answers.slice(3) });
    expect(before.milestone).toBe(200);
    expect(before.stretches.map(s => [s.firstStep, s.count])).toEqual([[0, 200]]);
    expect(before.stretches).toEqual(cellsEarly.stretches);
    // What cannot be had is not made up.
    expect(beyond.step).toBe(1340);
    expect(beyond.answers).toEqual(now.answers);
  });
});
