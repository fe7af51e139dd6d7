import { describe, expect, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import { CellSteps } from './cell-steps.ts';

const config = { ...plainNetwork, columns: 3, winners: 1, cellsPerColumn: 2 };

/** Column 0 wins predicted, column 1 wins as a surprise, then column 0 again, which cell 1 alone had predicted. */
const stretch = {
  firstStep: 10,
  count: 3,
  input: Float32Array.of(0.5, 0.25, 0.125),
  winners: Uint32Array.of(0, 1, 0),
  predicted: Float32Array.from(
    [
      [0.3, 0.1, 0, 0, 0.5, 0],
      [0.2, 0, 0, 0, 0, 0],
      [0, 0.4, 0, 0, 0, 0],
    ].flat(),
  ),
  active: Float32Array.of(1.5, 0.5, 0.7, 0.7, 0, 2),
};

describe('steps of cells', () => {
  const steps = new CellSteps(config);
  steps.push(stretch);

  test('tell what columns and cells did', () => {
    const columns = [10, 11, 12].map(step => [0, 1, 2].map(column => steps.columnAt(step, column)));
    expect(columns).toEqual([
      ['predicted', 'lost', 'lost'],
      ['lost', 'burst', 'lost'],
      ['predicted', 'lost', 'lost'],
    ]);
    const cells = (step: number) =>
      [0, 1, 2].map(column => [0, 1].map(cell => steps.cellAt(step, column, cell)));
    expect(cells(10)).toEqual([
      ['correct', 'correct'],
      ['idle', 'idle'],
      ['missed', 'idle'],
    ]);
    expect(cells(11)).toEqual([
      ['missed', 'idle'],
      ['burst', 'burst'],
      ['idle', 'idle'],
    ]);
    expect(cells(12)[0]).toEqual(['idle', 'correct']);
  });

  test('have what came in, the cells’ values and shares', () => {
    expect([10, 11, 12].map(step => [...steps.inputAt(step)])).toEqual([[0.5], [0.25], [0.125]]);
    expect([...steps.activeAt(10, 0)!]).toEqual([1.5, 0.5]);
    expect(steps.activeAt(10, 1)).toBeNull();
    expect(steps.gatesAt(10, 0)[0]).toBeCloseTo(0.75, 6);
    expect(steps.gatesAt(11, 1)).toEqual([0.5, 0.5]);
    expect(steps.activeCells(10)).toEqual([0, 1]);
    expect(steps.activeCells(11)).toEqual([2, 3]);
    expect(steps.activeCells(12)).toEqual([1]);
  });

  test('lead up to the newest without a gap', () => {
    const gappy = new CellSteps(config);
    expect(gappy.newest(100)).toBe(-1);
    gappy.push(stretch);
    const { end, revision } = gappy;
    gappy.push({ ...stretch, firstStep: 4 });
    // Who draws from it has to draw again, although nothing newer came.
    expect(gappy.end).toBe(end);
    expect(gappy.revision).not.toBe(revision);
    expect(gappy.end).toBe(13);
    expect(gappy.newest(100)).toBe(12);
    expect(gappy.newest(9)).toBe(6);
    // A page that shows 5 steps stands amid a stretch, of which a run that moves is shown to its end.
    expect(gappy.shown(5, false)).toBe(4);
    expect(gappy.shown(5, true)).toBe(6);
    expect(gappy.shown(4, true)).toBe(-1);
    expect(gappy.since(12, 50)).toBe(10);
    expect(gappy.since(12, 2)).toBe(11);
  });

  test('are overwritten by later ones', () => {
    const ring = new CellSteps(config);
    ring.push(stretch);
    ring.push({ ...stretch, firstStep: 10 + ring.capacity });
    expect(ring.has(10)).toBe(false);
    expect(ring.has(10 + ring.capacity)).toBe(true);
  });
});
