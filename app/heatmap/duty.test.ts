import { describe, expect, test } from 'vitest';
import { LiveSteps } from '../state/live.ts';
import { dutyOf, dutyShare, gridFor, neighbour } from './duty.ts';
import { columnAt, dutyGridFor, scaleTop } from './duty-paint.ts';

describe('dutyOf', () => {
  test('is the share of steps at which a column won', () => {
    const steps = new LiveSteps();
    steps.clear(0, 2);
    const zeros = new Float32Array(4);
    steps.push({
      firstStep: 0,
      count: 4,
      input: zeros,
      target: zeros,
      prediction: zeros,
      loss: zeros,
      bursting: new Uint32Array(4),
      winners: Uint32Array.of(0, 1, 0, 2, 1, 0, 0, 2),
    });
    expect([...dutyOf(steps, 4)]).toEqual([1, 0.5, 0.5, 0]);
  });

  test('forgets what was won more than 1,000 steps ago', () => {
    const steps = new LiveSteps();
    steps.clear(0, 1);
    const zeros = new Float32Array(1010);
    steps.push({
      firstStep: 0,
      count: 1010,
      input: zeros,
      target: zeros,
      prediction: zeros,
      loss: zeros,
      bursting: new Uint32Array(1010),
      winners: Uint32Array.from({ length: 1010 }, (_, step) => (step < 10 ? 2 : step % 2)),
    });
    expect([...dutyOf(steps, 3)]).toEqual([0.5, 0.5, 0]);
  });

  test('is zero before the first step', () => {
    const steps = new LiveSteps();
    steps.clear(0, 2);
    expect([...dutyOf(steps, 3)]).toEqual([0, 0, 0]);
  });
});

describe('the grid', () => {
  test.each([
    [256, 16, 16],
    [1024, 32, 32],
    [40, 7, 6],
    [2, 2, 1],
    [1, 1, 1],
  ])('of %d columns is %d by %d', (count, across, down) => {
    expect(gridFor(count)).toEqual({ across, down });
  });

  test('finds the column under a point, and none beside the grid or in its open end', () => {
    const grid = dutyGridFor(40, 300, 120);
    expect(grid).toEqual({ across: 7, down: 6, cell: 20 });
    expect(columnAt(grid, 40, { x: 0, y: 0 })).toBe(0);
    expect(columnAt(grid, 40, { x: 139, y: 119 })).toBeNull();
    expect(columnAt(grid, 40, { x: 99, y: 119 })).toBe(39);
    expect(columnAt(grid, 40, { x: 141, y: 10 })).toBeNull();
    expect(columnAt(grid, 40, { x: 10, y: -1 })).toBeNull();
  });

  test('arrows lead to neighbours and stop at the edges', () => {
    const from = (cell: number, key: string) => neighbour(cell, key, 256);
    expect([
      from(17, 'ArrowLeft'),
      from(17, 'ArrowRight'),
      from(17, 'ArrowUp'),
      from(17, 'ArrowDown'),
    ]).toEqual([16, 18, 1, 33]);
    expect([
      from(16, 'ArrowLeft'),
      from(15, 'ArrowRight'),
      from(3, 'ArrowUp'),
      from(250, 'ArrowDown'),
    ]).toEqual([null, null, null, null]);
    expect([from(100, 'Home'), from(100, 'End')]).toEqual([0, 255]);
    expect(from(100, 'a')).toBeNull();
  });

  test('arrows do not leave a last row that stays open', () => {
    expect(neighbour(34, 'ArrowDown', 40)).toBeNull();
    expect(neighbour(32, 'ArrowDown', 40)).toBe(39);
    expect(neighbour(39, 'ArrowRight', 40)).toBeNull();
  });
});

describe('the colour scale', () => {
  test('reaches to the largest duty cycle, rounded up', () => {
    expect(scaleTop(Float32Array.of(0, 0.13, 0.02), 5 / 256)).toBe(0.2);
    expect(scaleTop(Float32Array.of(0.9), 5 / 256)).toBe(1);
  });

  test('has the fair share within it, before anything was won too', () => {
    expect(scaleTop(new Float32Array(4), 0.02)).toBeGreaterThan(0.02);
    expect(scaleTop(new Float32Array(1), 1)).toBe(1);
  });

  test('spreads small duty cycles out', () => {
    expect(dutyShare(0, 0.2)).toBe(0);
    expect(dutyShare(0.05, 0.2)).toBe(0.5);
    expect(dutyShare(0.3, 0.2)).toBe(1);
  });
});
