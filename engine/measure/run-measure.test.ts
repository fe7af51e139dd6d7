import { describe, expect, test } from 'vitest';
import { SignalStream } from '../data/stream.ts';
import type { NetworkConfig } from '../model/config.ts';
import { defaultPreset } from '../model/presets.ts';
import type { StepRecords } from '../network.ts';
import { defaultMilestones, measureWindow, milestoneLength, RunMeasure } from './run-measure.ts';

const small: NetworkConfig = {
  ...defaultPreset.settings.network,
  columns: 8,
  winners: 2,
};

interface Step {
  input: number[];
  target: number[];
  prediction: number[];
  winners: number[];
  bursting: number;
}

/** A step that a test leaves as it is. */
const still: Step = { input: [0], target: [0], prediction: [0], winners: [0, 1], bursting: 0 };

function records(firstStep: number, count: number, at: (step: number) => Partial<Step> = () => ({})) {
  const steps = Array.from({ length: count }, (_, r) => ({ ...still, ...at(firstStep + r) }));
  const flat = (f: (s: Step) => number[]) => Float32Array.from(steps.flatMap(f));
  return {
    firstStep,
    count,
    input: flat(s => s.input),
    target: flat(s => s.target),
    prediction: flat(s => s.prediction),
    loss: new Float32Array(count),
    bursting: Uint32Array.from(steps, s => s.bursting),
    winners: Uint32Array.from(steps.flatMap(s => s.winners)),
  } satisfies StepRecords;
}

/** Feeds steps in batches of odd sizes. */
function feed(measure: RunMeasure, from: number, to: number, at?: (step: number) => Partial<Step>): number[] {
  const passed: number[] = [];
  for (let step = from, size = 1; step < to; size = (size * 5 + 1) % 97) {
    const count = Math.min(size + 1, to - step);
    passed.push(...measure.add(records(step, count, at)).map(m => m.step));
    step += count;
  }
  return passed;
}

describe('summary', () => {
  test('of a run that has not begun says nothing is known', () => {
    expect(new RunMeasure(small).summary()).toEqual({
      step: 0,
      steps: 0,
      rmse: 0,
      persistence: 0,
      ratio: null,
      columnsInUse: 0,
      entropy: 0,
      burstRate: 0,
      accuracy: null,
    });
  });

  test('"next = present" on a sine of period 50 has an error of 0.0888 and a ratio of 1', () => {
    const rows = new SignalStream(defaultPreset.settings.signal, 1, 1).rows(1000);
    const measure = new RunMeasure(small);
    feed(measure, 0, 1000, s => ({
      input: [rows[2 * s]!],
      target: [rows[2 * s + 1]!],
      prediction: [rows[2 * s]!],
    }));
    const { rmse, persistence, ratio, steps } = measure.summary();
    expect(steps).toBe(1000);
    expect(persistence).toBeCloseTo(Math.SQRT2 * Math.sin(Math.PI / 50), 6);
    expect(rmse).toBe(persistence);
    expect(ratio).toBe(1);
  });

  test('covers the last 1,000 steps and nothing before', () => {
    const measure = new RunMeasure(small);
    const wrongUntil = (end: number) => (step: number) => ({ prediction: [step < end ? 3 : 0.5] });
    feed(measure, 0, 1500, wrongUntil(600));
    // Steps 500 to 1499: a hundred are still off by 3.
    expect(measure.summary().rmse).toBeCloseTo(Math.sqrt((100 * 9 + 900 * 0.25) / 1000), 12);
    feed(measure, 1500, 1600, wrongUntil(600));
    expect(measure.summary()).toMatchObject({ step: 1600, steps: measureWindow, rmse: 0.5 });
  });

  test('has no ratio where the signal stands still', () => {
    const measure = new RunMeasure(small);
    measure.add(records(0, 10, () => ({ prediction: [0.25] })));
    expect(measure.summary()).toMatchObject({ rmse: 0.25, persistence: 0, ratio: null });
  });

  test('takes the mean over channels', () => {
    const measure = new RunMeasure({ ...small, inputs: 2 });
    measure.add(records(0, 4, () => ({ input: [0, 0], target: [0.6, 0], prediction: [0.6, 0.8] })));
    expect(measure.summary().rmse).toBeCloseTo(Math.sqrt(0.64 / 2), 6);
    // Only the first step moved; from then on the present is the target before.
    expect(measure.summary().persistence).toBeCloseTo(Math.sqrt(0.36 / 2 / 4), 6);
  });

  test('in free run, persistence is that of the signal, not of what the network fed itself', () => {
    const measure = new RunMeasure(small);
    const at = (step: number) => ({ target: [step % 2], input: [step === 0 ? 1 : 99], prediction: [99] });
    measure.add(records(0, 100, at));
    expect(measure.summary().persistence).toBe(1);
  });

  test('counts columns that won, and lets go of those whose wins left the window', () => {
    const measure = new RunMeasure(small);
    const at = (step: number) => ({ winners: step < 300 ? [step % 4, 4 + (step % 2)] : [6, 7] });
    feed(measure, 0, 300, at);
    expect(measure.summary().columnsInUse).toBe(6);
    feed(measure, 300, 1299, at);
    // Step 299 is the oldest left: columns 3 and 5, beside 6 and 7.
    expect(measure.summary().columnsInUse).toBe(4);
    feed(measure, 1299, 1300, at);
    expect(measure.summary().columnsInUse).toBe(2);
  });

  test('entropy is 1 when all columns win alike, and a third when two of eight do', () => {
    const alike = new RunMeasure(small);
    feed(alike, 0, 1000, s => ({ winners: [(2 * s) % 8, (2 * s + 1) % 8] }));
    expect(alike.summary().entropy).toBeCloseTo(1, 12);
    const two = new RunMeasure(small);
    feed(two, 0, 1000);
    expect(two.summary().entropy).toBeCloseTo(Math.log(2) / Math.log(8), 12);
  });

  test('entropy of a network with one column is 1, not a division by zero', () => {
    const measure = new RunMeasure({ ...small, columns: 1, winners: 1 });
    measure.add(records(0, 5, () => ({ winners: [0] })));
    expect(measure.summary().entropy).toBe(1);
  });

  test('burst rate is the share of winners that burst, in the window', () => {
    const measure = new RunMeasure(small);
    const at = (step: number) => ({ bursting: step < 250 ? 2 : step % 4 === 0 ? 1 : 0 });
    feed(measure, 0, 250, at);
    expect(measure.summary().burstRate).toBe(1);
    feed(measure, 250, 1250, at);
    expect(measure.summary().burstRate).toBe(250 / 2000);
  });
});

describe('milestones', () => {
  const ramp = (step: number) => ({ target: [step], prediction: [-step] });

  test('are taken at exactly their steps, wherever batches end', () => {
    for (const size of [1000, 999, 1001, 10_000]) {
      const measure = new RunMeasure(small);
      const passed: number[] = [];
      for (let step = 0; step < 10_000; step += size) {
        const count = Math.min(size, 10_000 - step);
        passed.push(...measure.add(records(step, count, ramp)).map(m => m.step));
      }
      expect(passed).toEqual(defaultMilestones);
      for (const { step, target, prediction, summary } of measure.milestones) {
        expect(summary.step).toBe(step);
        expect([...target]).toEqual(Array.from({ length: milestoneLength }, (_, i) => step - 200 + i));
        expect([...prediction]).toEqual([...target].map(x => -x));
      }
    }
  });

  test('hold every channel', () => {
    const measure = new RunMeasure({ ...small, inputs: 2 }, [1050]);
    feed(measure, 0, 1100, step => ({ input: [0, 0], target: [step, -step], prediction: [step / 2, 7] }));
    const { inputs, target, prediction } = measure.milestones[0]!;
    expect(inputs).toBe(2);
    expect(target).toHaveLength(2 * milestoneLength);
    expect([...target.subarray(-4)]).toEqual([1048, -1048, 1049, -1049]);
    expect([...prediction.subarray(-4)]).toEqual([524, 7, 524.5, 7]);
  });

  test('of symbols say how many were right up to them', () => {
    const symbols = { ...small, inputs: 6 };
    const d = [0, 0, 0, 1, 0, 0];
    const at = (step: number) => ({ input: d, target: d, prediction: step < 400 ? d : [1, 0, 0, 0, 0, 0] });
    const measure = new RunMeasure(symbols, [400, 450], 0, 'highOrder');
    measure.add(records(0, 500, at));
    expect(measure.milestones.map(m => m.summary.accuracy?.ambiguous)).toEqual([1, 0.8]);
    expect(measure.summary().accuracy?.ambiguous).toBe(0.6);
  });

  test('are measured over the 1,000 steps before them, not over the rest of their batch', () => {
    const measure = new RunMeasure(small, [1000]);
    measure.add(records(0, 3000, step => ({ prediction: [step < 1000 ? 0.5 : 7] })));
    expect(measure.milestones[0]!.summary).toMatchObject({ step: 1000, steps: 1000, rmse: 0.5 });
    expect(measure.summary().rmse).toBe(7);
  });

  test('early ones hold the steps there are', () => {
    const measure = new RunMeasure(small, [1, 30]);
    feed(measure, 0, 50, ramp);
    expect(measure.milestones.map(m => [m.step, m.target.length])).toEqual([
      [1, 1],
      [30, 30],
    ]);
    expect([...measure.milestones[1]!.target]).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  test('stay as they were taken while the run goes on', () => {
    const measure = new RunMeasure(small, [500]);
    feed(measure, 0, 500, ramp);
    const taken = structuredClone(measure.milestones[0]);
    feed(measure, 500, 2500, ramp);
    expect(measure.milestones).toEqual([taken]);
  });

  test('follow a new list from then on, and what was taken stays', () => {
    const measure = new RunMeasure(small, [100, 900]);
    expect(feed(measure, 0, 200)).toEqual([100]);
    measure.setMilestones([150, 300]);
    expect(feed(measure, 200, 1000)).toEqual([300]);
    expect(measure.milestones.map(m => m.step)).toEqual([100, 300]);
  });

  test('a resumed run passes those ahead of it, with the steps it has seen', () => {
    const measure = new RunMeasure(small, defaultMilestones, 3950);
    expect(measure.summary()).toMatchObject({ step: 3950, steps: 0 });
    expect(feed(measure, 3950, 4200, ramp)).toEqual([4000]);
    const { summary, target } = measure.milestones[0]!;
    expect(summary).toMatchObject({ step: 4000, steps: 50 });
    expect([...target]).toEqual(Array.from({ length: 50 }, (_, i) => 3950 + i));
    expect(measure.summary()).toMatchObject({ step: 4200, steps: 250 });
  });
});
