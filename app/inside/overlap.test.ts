import { describe, expect, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import { LiveSteps } from '../state/live.ts';
import { CellSteps } from './cell-steps.ts';
import { compareCells, compareColumns, knownBefore, overlapCurves, presentOf } from './overlap.ts';

const config = { ...plainNetwork, columns: 4, winners: 2, cellsPerColumn: 2 };
const winners = Uint32Array.of(0, 1, 2, 3, 0, 1, 0, 2);
const zeros = new Float32Array(4);

/** Four steps: columns 0 and 1, then 2 and 3, then 0 and 1 by other cells, then 0 and 2. */
function fourSteps() {
  const live = new LiveSteps();
  live.clear(0, 2);
  const values = { input: zeros, target: zeros, prediction: zeros, loss: zeros };
  live.push({ ...values, firstStep: 0, count: 4, bursting: new Uint32Array(4), winners });
  const steps = new CellSteps(config);
  const predicted = Float32Array.from(
    [
      [1, 0, 1, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 1, 0, 1, 0],
      [0, 1, 1, 0, 0, 0, 0, 0],
      [0, 1, 0, 0, 0, 0, 0, 0],
    ].flat(),
  );
  const active = new Float32Array(16);
  const stretch = { firstStep: 0, count: 4, input: zeros, winners, predicted, active };
  steps.push(stretch);
  return { live, steps, stretch };
}

describe('overlaps', () => {
  test('with now are those of columns and of cells, as far back as steps are known', () => {
    const { live, steps } = fourSteps();
    const { columns, cells } = overlapCurves(live, steps, 3, 4);
    expect(columns).toEqual([1, 1 / 3, 1 / 3, 1 / 3, Number.NaN]);
    // Now: cell 1 of column 0, and both of column 2, which bursts.
    expect(cells).toEqual([1, 1 / 4, 1 / 4, 0, Number.NaN]);
  });

  test('compare two steps', () => {
    const { live, steps } = fourSteps();
    expect(compareColumns(live, steps, 2, 0)!.overlap).toEqual({ shared: 2, union: 2 });
    expect(compareCells(steps, 2, 0)).toEqual({
      now: [1, 2],
      before: [0, 2],
      overlap: { shared: 1, union: 3 },
    });
    expect(compareColumns(live, steps, 2, 4)).toBeNull();
    expect(compareCells(steps, 2, -1)).toBeNull();
  });

  test('of a fast run, of which only some stretches are looked at, are those of the newest of these', () => {
    const { live, steps, stretch } = fourSteps();
    live.clear(5000, 2);
    const values = { input: zeros, target: zeros, prediction: zeros, loss: zeros };
    live.push({ ...values, firstStep: 5000, count: 4, bursting: new Uint32Array(4), winners });
    expect(presentOf(live, steps, 5004, true)).toBe(3);
    expect(knownBefore(live, steps, 3, 1000)).toBe(3);
    expect(overlapCurves(live, steps, 3, 3)).toEqual({
      columns: [1, 1 / 3, 1 / 3, 1 / 3],
      cells: [1, 1 / 4, 1 / 4, 0],
    });
    // A stretch that goes beyond what the page was told of leads on from there.
    steps.push({ ...stretch, firstStep: 5002 });
    expect(presentOf(live, steps, 5004, true)).toBe(5005);
    expect(knownBefore(live, steps, 5005, 1000)).toBe(5);
    expect(knownBefore(live, steps, 5005, 4)).toBe(4);
    // Of one that stands it is the last step.
    expect(presentOf(live, new CellSteps(config), 5004, false)).toBe(5003);
    expect(knownBefore(live, steps, 5003, 1000)).toBe(3);
  });

  test('of cells are unknown where those were not looked at', () => {
    const { live } = fourSteps();
    const { columns, cells } = overlapCurves(live, new CellSteps(config), 3, 1);
    expect(columns).toEqual([1, 1 / 3]);
    expect(cells).toEqual([Number.NaN, Number.NaN]);
  });
});
