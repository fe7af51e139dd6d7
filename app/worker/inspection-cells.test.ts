import { describe, expect, it } from 'vitest';
import type { Trainer } from '../../engine/trainer.ts';
import { CellTrace } from './inspection-cells.ts';
import { settings } from './overheard.ts';

const { columns, cellsPerColumn, inputs, winners } = settings.network;
const cells = new Float32Array(columns * cellsPerColumn);
const records = {
  firstStep: 0,
  count: 1,
  input: new Float32Array(inputs),
  target: cells,
  prediction: cells,
  loss: cells,
  bursting: new Uint32Array(1),
  winners: new Uint32Array(winners),
};
const tensors = new Map([
  ['previous.predictive', cells],
  ['state.active', cells],
]);

/** Steps that are looked at in a minute of a run, of which each takes so long, and longer by `more` when it is looked at. */
function lookedAt(engine: 'cpu' | 'gpu', step: number, more: number, rest: number) {
  const trace = new CellTrace({ choice: { engine }, settings } as Trainer);
  let [now, looked, run, looking] = [0, 0, 0, 0];
  while (now < 60_000) {
    const wanted = trace.wanted(now);
    const took = wanted ? step + more : step;
    now += took;
    run++;
    if (wanted) {
      trace.look(records, tensors, now);
      looked++;
      looking += took;
    }
    now += rest;
  }
  return { share: looked / run, timeShare: looking / now };
}

describe('looking at cells', () => {
  it('is at every step of a slow run, and on the CPU of steps that take long', () => {
    expect(lookedAt('gpu', 1, 3, 33).share).toBe(1);
    expect(lookedAt('cpu', 1, 0.1, 33).share).toBe(1);
    expect(lookedAt('cpu', 5, 0.1, 0).share).toBe(1);
  });

  it.each([
    ['gpu', [0.5, 5, 100]],
    ['cpu', [0.1, 1]],
  ] as const)('takes an eighth of the time of a fast run on the %s at most', (engine, all) => {
    for (const more of all) {
      const { share, timeShare } = lookedAt(engine, 0.1, more, 0);
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(0.15);
      expect(timeShare).toBeLessThan(0.15);
    }
  });

  it('hands over a stretch of a fast run once it has ended, or takes long, or the run rests', async () => {
    const trainer = { choice: { engine: 'cpu' }, settings, running: true, step: 0 };
    const trace = new CellTrace(trainer as Trainer);
    let step = 0;
    const look = (now: number) => {
      if (trace.wanted(now)) trace.look({ ...records, firstStep: step }, tensors, now);
      step++;
    };
    const taken = async (now: number) => (await trace.take(now)).map(s => [s.firstStep, s.count]);
    for (let n = 0; n < 20; n++) look(0);
    expect(await taken(50)).toEqual([]);
    for (let n = 20; n < 128; n++) look(1);
    expect(await taken(50)).toEqual([[0, 128]]);
    trainer.step = 500;
    expect(await taken(60)).toEqual([]);

    step = 1000;
    for (let n = 0; n < 10; n++) look(1000);
    expect(await taken(1100)).toEqual([]);
    expect(await taken(2500)).toEqual([[1000, 10]]);
    look(2501);
    expect(await taken(2502)).toEqual([[1010, 1]]);

    for (let n = 0; n < 117; n++) look(2503);
    step = 5000;
    for (let n = 0; n < 3; n++) look(4000);
    expect(await taken(4001)).toEqual([[1011, 117]]);
    trainer.running = false;
    expect(await taken(4002)).toEqual([[5000, 3]]);
  });
});
