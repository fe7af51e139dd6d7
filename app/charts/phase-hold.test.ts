import { describe, expect, test } from 'vitest';
import { PhaseHold } from './phase-hold.ts';

/** Draws pictures `advance` steps apart. @returns where the last few ended */
function run(hold: PhaseHold, advance: number, period: number, pictures = 60, from = 0): number[] {
  const ends: number[] = [];
  for (let i = 1; i <= pictures; i++) ends.push(hold.endAt(from + i * advance, period, true));
  return ends.slice(-10);
}

describe('PhaseHold', () => {
  test('lets a slow wave scroll', () => {
    const hold = new PhaseHold();
    expect(run(hold, 2, 50)).toEqual([102, 104, 106, 108, 110, 112, 114, 116, 118, 120]);
    expect(hold.holding).toBe(false);
  });

  test('ends pictures of a fast wave on whole cycles, less than one behind', () => {
    const hold = new PhaseHold();
    for (const [i, end] of run(hold, 37, 50).entries()) {
      expect(end % 50).toBe(0);
      const newest = (51 + i) * 37;
      expect(newest - end).toBeGreaterThanOrEqual(0);
      expect(newest - end).toBeLessThan(50);
    }
    expect(hold.holding).toBe(true);
  });

  test('keeps the phase where a period is not a whole number of steps', () => {
    const hold = new PhaseHold();
    for (const end of run(hold, 41, 62.83))
      expect((end / 62.83) % 1).toBeCloseTo(Math.round((end / 62.83) % 1), 9);
  });

  test('lets go when the run pauses', () => {
    const hold = new PhaseHold();
    run(hold, 37, 50);
    expect(hold.endAt(60 * 37, 50, false)).toBe(60 * 37);
    expect(hold.holding).toBe(false);
  });

  test('does not flip between both at a speed near the limit', () => {
    const hold = new PhaseHold();
    run(hold, 9, 50);
    expect(hold.holding).toBe(true);
    run(hold, 7, 50, 60, 540);
    expect(hold.holding).toBe(true);
    run(hold, 4, 50, 60, 960);
    expect(hold.holding).toBe(false);
  });

  test('does not take a picture that is drawn again for a standstill', () => {
    const hold = new PhaseHold();
    run(hold, 37, 50);
    for (let i = 0; i < 100; i++) hold.endAt(60 * 37, 50, true);
    expect(hold.holding).toBe(true);
  });

  test('never holds waves too long to need it', () => {
    const hold = new PhaseHold();
    run(hold, 400, 1000);
    expect(hold.holding).toBe(false);
  });

  test('starts anew with a new run', () => {
    const hold = new PhaseHold();
    run(hold, 37, 50);
    expect(hold.endAt(0, 50, false)).toBe(0);
    expect(run(hold, 2, 50).at(-1)).toBe(120);
  });
});
