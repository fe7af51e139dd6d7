import { describe, expect, test } from 'vitest';
import type { StepRecords } from '../network.ts';
import { ErrorHistory } from './error-history.ts';

/** Records of a network with one input, whose loss and bursting are functions of the step. */
function records(
  firstStep: number,
  count: number,
  loss: (step: number) => number = () => 0,
  bursting: (step: number) => number = () => 0,
  winner: (step: number) => number = () => 0,
): StepRecords {
  const each = <T>(f: (step: number) => T) => Array.from({ length: count }, (_, r) => f(firstStep + r));
  return {
    firstStep,
    count,
    input: new Float32Array(count),
    target: new Float32Array(count),
    prediction: new Float32Array(count),
    loss: Float32Array.from(each(loss)),
    bursting: Uint32Array.from(each(bursting)),
    winners: Uint32Array.from(each(winner)),
  };
}

const mean = (from: number, to: number, f: (step: number) => number): number => {
  let sum = 0;
  for (let step = from; step < to; step++) sum += f(step);
  return sum / (to - from);
};

describe('ErrorHistory', () => {
  test('keeps every step of a short run, numbered by steps done', () => {
    const history = new ErrorHistory(4);
    history.add(
      records(
        0,
        3,
        s => s + 1,
        s => s,
      ),
    );
    expect(history.width).toBe(1);
    expect(history.points).toEqual([
      { step: 1, loss: 1, bursting: 0, columns: 1 },
      { step: 2, loss: 2, bursting: 1, columns: 1 },
      { step: 3, loss: 3, bursting: 2, columns: 1 },
    ]);
  });

  test('never holds 300 points, and at least 150 once it has merged', () => {
    const history = new ErrorHistory(4);
    for (let step = 0; step < 20_000; step += 7) {
      history.add(records(step, 7));
      expect(history.points.length).toBeLessThan(300);
      if (history.width > 1) expect(history.points.length).toBeGreaterThanOrEqual(150);
    }
    expect(history.width).toBe(128);
  });

  test('each point is the mean of its own steps, however often neighbours merged', () => {
    // Dyadic losses, so that float64 sums are exact and the comparison can be too.
    const loss = (step: number) => ((step * 37) % 64) / 64;
    const bursting = (step: number) => (step * 13) % 6;
    const history = new ErrorHistory(4);
    for (let step = 0; step < 5000; step += 50) history.add(records(step, 50, loss, bursting));
    const { width, points } = history;
    expect(width).toBe(32);
    expect(points).toHaveLength(Math.floor(5000 / width));
    points.forEach((point, i) => {
      expect(point).toEqual({
        step: (i + 1) * width,
        loss: mean(i * width, (i + 1) * width, loss),
        bursting: mean(i * width, (i + 1) * width, bursting),
        columns: 1,
      });
    });
  });

  test('does not depend on how steps are batched', () => {
    const loss = (step: number) => 1 / (step + 1);
    const [whole, parts] = [new ErrorHistory(4), new ErrorHistory(4)];
    whole.add(records(0, 1801, loss));
    for (
      let step = 0, count = 1;
      step < 1801;
      step += count, count = Math.min((count * 3) % 101, 1801 - step)
    )
      parts.add(records(step, count, loss));
    expect(parts.points).toEqual(whole.points);
    expect(parts.width).toBe(whole.width);
  });

  test('counts the columns that won in the last 1,000 steps', () => {
    // Column 0 throughout, but column 1 at step 500, 2 at 1,300 and 3 at 1,800, counted by steps done.
    const winner = (step: number) => [499, 1299, 1799].indexOf(step) + 1;
    const history = new ErrorHistory(4);
    for (let step = 0; step < 4000; step += 80)
      history.add(
        records(
          step,
          80,
          () => 0,
          () => 0,
          winner,
        ),
      );
    expect(history.width).toBe(16);
    const wonAt = [500, 1300, 1800];
    for (const { step, columns } of history.points)
      expect(columns).toBe(1 + wonAt.filter(won => won <= step && won > step - 1000).length);
  });

  test('knows no columns in use after going back, until 1,000 steps have been seen again', () => {
    const history = new ErrorHistory(4);
    history.add(records(0, 2000));
    history.dropAfter(1500);
    history.add(records(1500, 1500));
    for (const { step, columns } of history.points)
      expect(columns).toBe(step > 1500 && step < 2500 ? Number.NaN : 1);
  });

  test('a resumed run is numbered on from where it stood', () => {
    const history = new ErrorHistory(4, 4000);
    history.add(records(4000, 1000, s => s));
    expect(history.width).toBe(4);
    expect(history.points[0]).toEqual({ step: 4004, loss: 4001.5, bursting: 0, columns: Number.NaN });
    expect(history.points.at(-1)).toMatchObject({ step: 5000, columns: 1 });
  });

  test('a run that goes back forgets what came after, and goes on from there', () => {
    const history = new ErrorHistory(4);
    history.add(records(0, 1000, s => s));
    expect(history.width).toBe(4);
    history.dropAfter(802);
    expect(history.points.at(-1)!.step).toBe(800);
    history.add(records(802, 4, () => 7));
    expect(history.points.at(-1)).toEqual({ step: 806, loss: 7, bursting: 0, columns: Number.NaN });
    expect(history.points).toHaveLength(201);
  });
});
