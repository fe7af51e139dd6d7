import { describe, expect, test } from 'vitest';
import type { StepRecords } from '../network.ts';
import { ColumnUse, normalisedEntropy } from './column-use.ts';

const zeros = new Float32Array(0);

/** Steps in which `winnersAt` names the winners. */
function records(firstStep: number, count: number, winnersAt: (step: number) => number[]): StepRecords {
  const winners = Array.from({ length: count }, (_, r) => winnersAt(firstStep + r));
  return {
    firstStep,
    count,
    input: zeros,
    target: zeros,
    prediction: zeros,
    loss: zeros,
    bursting: new Uint32Array(count),
    winners: Uint32Array.from(winners.flat()),
  };
}

describe('entropy', () => {
  test('is 1 for equal shares, 0 for one that has all, and between by the share of bits', () => {
    expect(normalisedEntropy([3, 3, 3, 3])).toBeCloseTo(1, 12);
    expect(normalisedEntropy([0, 7, 0, 0])).toBe(0);
    expect(normalisedEntropy([5, 5, 0, 0])).toBeCloseTo(0.5, 12);
    expect(normalisedEntropy([0, 0])).toBe(0);
  });
});

describe('the use of columns', () => {
  test('is measured over the last 1,000 steps', () => {
    const use = new ColumnUse({ columns: 4, winners: 2 });
    use.add(records(0, 1000, () => [0, 1]));
    expect(use.points.at(-1)).toEqual({ step: 1000, entropy: expect.closeTo(0.5, 12), inUse: 2 });
    use.add(records(1000, 1000, step => (step % 2 === 0 ? [0, 1] : [2, 3])));
    expect(use.points.at(-1)).toEqual({ step: 2000, entropy: expect.closeTo(1, 12), inUse: 4 });
    use.add(records(2000, 500, () => [2, 3]));
    use.add(records(2500, 500, () => [2, 3]));
    expect(use.points.at(-1)).toMatchObject({ step: 3000, inUse: 2 });
  });

  test('stays within 300 points, evenly over the run', () => {
    const use = new ColumnUse({ columns: 4, winners: 1 });
    for (let step = 0; step < 20_000; step += 50) use.add(records(step, 50, at => [at % 3]));
    const steps = use.points.map(point => point.step);
    expect(steps.length).toBeLessThan(300);
    expect(steps.length).toBeGreaterThan(100);
    const gaps = new Set(steps.slice(1).map((step, i) => step - steps[i]!));
    expect(gaps.size).toBe(1);
    expect(steps.at(-1)).toBeGreaterThan(19_800);
  });

  test('goes back with the run', () => {
    const use = new ColumnUse({ columns: 4, winners: 1 });
    use.add(records(0, 200, () => [0]));
    use.dropAfter(100);
    expect(use.points.at(-1)!.step).toBe(100);
    use.add(records(100, 10, () => [1]));
    expect(use.points.at(-1)).toEqual({ step: 110, entropy: 0, inUse: 1 });
  });
});
