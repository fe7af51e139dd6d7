import { describe, expect, test } from 'vitest';
import { LiveSteps, liveCapacity } from '../state/live.ts';
import { orderByPhase, preferredPhases } from './preferred-phase.ts';
import { columnsInRow, RowOrder, rowsByIndex, rowsByPhase } from './row-order.ts';

/** Steps in which `winnersAt` names the winners. */
function stepsOf(count: number, winnersAt: (step: number) => number[], firstStep = 0): LiveSteps {
  const steps = new LiveSteps();
  const winners = Array.from({ length: count }, (_, r) => winnersAt(firstStep + r));
  steps.clear(firstStep, winners[0]!.length);
  const zeros = new Float32Array(count);
  steps.push({
    firstStep,
    count,
    input: zeros,
    target: zeros,
    prediction: zeros,
    loss: zeros,
    bursting: new Uint32Array(count),
    winners: Uint32Array.from(winners.flat()),
  });
  return steps;
}

/** One column for each of `levels` values of a sine: what a spatial pooler makes of it, which knows no direction. */
const levelOf = (step: number, period: number, levels: number): number =>
  Math.min(Math.floor(((Math.sin((2 * Math.PI * step) / period) + 1) / 2) * levels), levels - 1);

describe('preferredPhases', () => {
  test('finds the phase of a column that wins around it, across the end of a cycle too', () => {
    for (const phase of [0, 0.25, 0.5, 0.68, 0.72, 0.98]) {
      const near = (step: number) => {
        const distance = Math.abs(step / 50 - phase - Math.round(step / 50 - phase));
        return distance < 0.06 ? [0] : [1];
      };
      const found = preferredPhases(stepsOf(1000, near), 2, 50)[0]!;
      const expected = phase >= 0.7 ? phase - 1 : phase;
      expect(Math.abs(found - expected)).toBeLessThan(0.02);
    }
  });

  test.each([50, 62.83, 31.7])(
    'puts columns tuned to a value in the order of their values (period %d)',
    period => {
      // Odd, so that zero, met rising and falling, is not on the border of two.
      const levels = 11;
      const steps = stepsOf(1000, step => [levelOf(step, period, levels)]);
      const phases = preferredPhases(steps, levels, period);
      for (const phase of phases) {
        expect(phase).toBeGreaterThan(-0.27);
        expect(phase).toBeLessThan(0.27);
      }
      expect(orderByPhase(phases)).toEqual(Array.from({ length: levels }, (_, i) => levels - 1 - i));
    },
  );

  test('tells rising from falling where a column does', () => {
    const rising = (step: number) => Math.cos((2 * Math.PI * step) / 50) > 0;
    const zero = (step: number) => Math.abs(Math.sin((2 * Math.PI * step) / 50)) < 0.3;
    const steps = stepsOf(1000, step => [zero(step) ? (rising(step) ? 0 : 1) : 2]);
    const phases = preferredPhases(steps, 3, 50);
    expect(phases[0]).toBeCloseTo(0, 1);
    expect(phases[1]).toBeCloseTo(0.5, 1);
  });

  test('has a middle for a column that always wins', () => {
    const phases = preferredPhases(
      stepsOf(500, () => [0]),
      1,
      50,
    );
    expect(phases[0]).toBeCloseTo(0.2, 1);
  });

  test('has none for columns that never won', () => {
    const phases = preferredPhases(
      stepsOf(100, () => [3]),
      5,
      50,
    );
    expect([...phases].map(Number.isNaN)).toEqual([true, true, true, false, true]);
    expect(orderByPhase(phases)).toEqual([3]);
  });

  test('follows what the ring still holds', () => {
    const steps = stepsOf(300, () => [0]);
    steps.push({
      firstStep: 300,
      count: liveCapacity,
      input: new Float32Array(liveCapacity),
      target: new Float32Array(liveCapacity),
      prediction: new Float32Array(liveCapacity),
      loss: new Float32Array(liveCapacity),
      bursting: new Uint32Array(liveCapacity),
      winners: new Uint32Array(liveCapacity).fill(1),
    });
    expect([...preferredPhases(steps, 2, 50)].map(Number.isNaN)).toEqual([true, false]);
  });
});

describe('rows', () => {
  test('by index give each column its own where there is room', () => {
    const rows = rowsByIndex(8, 100);
    expect(rows.count).toBe(8);
    expect([...rows.rowOf]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rows.unused).toBe(0);
  });

  test.each([
    [256, 100],
    [10, 3],
    [7, 7],
  ])('of %d columns in %d rows hold each column once, where rowOf says', (columns, mostRows) => {
    const rows = rowsByIndex(columns, mostRows);
    const held = Array.from({ length: rows.count }, (_, row) => columnsInRow(rows, row));
    expect(held.flat()).toEqual(Array.from({ length: columns }, (_, i) => i));
    held.forEach((group, row) => {
      expect(group.length).toBeGreaterThan(0);
      for (const column of group) expect(rows.rowOf[column]).toBe(row);
    });
  });

  test('by phase leave out columns that did not win', () => {
    const rows = rowsByPhase(
      stepsOf(200, step => [levelOf(step, 50, 4) * 2]),
      10,
      50,
      100,
    );
    expect(rows.order).toEqual([6, 4, 2, 0]);
    expect(rows.unused).toBe(6);
    expect(rows.rowOf[1]).toBe(-1);
    expect(rows.rowOf[6]).toBe(0);
  });

  test('by phase are none before the first step', () => {
    const steps = new LiveSteps();
    steps.clear(0, 5);
    expect(rowsByPhase(steps, 10, 50, 100)).toMatchObject({ count: 1, order: [], unused: 10 });
  });
});

describe('RowOrder', () => {
  const levels = (end: number) => stepsOf(end, step => [levelOf(step, 50, 4)]);

  test('stays as it is while steps pour in, and follows them once they have settled', () => {
    const order = new RowOrder();
    const first = order.rows(
      stepsOf(50, () => [0]),
      4,
      50,
      100,
      false,
    );
    expect(order.rows(levels(100), 4, 50, 100, false)).toBe(first);
    expect(order.rows(levels(100), 4, 50, 100, true).order).toEqual([3, 2, 1, 0]);
  });

  test('starts anew with a new run, or another way of sorting', () => {
    const order = new RowOrder();
    const late = order.rows(levels(500), 4, 50, 100, false);
    const early = order.rows(
      stepsOf(10, () => [2]),
      4,
      50,
      100,
      false,
    );
    expect(late.order).toHaveLength(4);
    expect(early.order).toEqual([2]);
    expect(order.rows(levels(10), 4, null, 100, false).order).toEqual([0, 1, 2, 3]);
  });
});
