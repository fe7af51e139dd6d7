import { describe, expect, test } from 'vitest';
import { type Level, pointNear, type StepLine, stepFrame, xOfStep, yOfValue } from './step-plot.ts';

const size = { width: 356, height: 178 };

const line = (points: [step: number, value: number][]): StepLine => ({
  name: 'RMSE',
  points: points.map(([step, value]) => ({ step, value })),
  width: 1,
  opacity: 1,
});

const level = (value: number): Level => ({ name: 'floor', value, color: '--x', dash: [], side: 'above' });

describe('stepFrame', () => {
  const run = [
    line([
      [64, 0.6],
      [5000, 0.03],
      [10_000, 0.002],
    ]),
  ];

  test('holds lines and levels, from round value to round value', () => {
    const frame = stepFrame(size, 'log', run, [level(0.0888)]);
    expect(frame.values[0]).toBeCloseTo(0.002, 12);
    expect(frame.values[1]).toBeCloseTo(1, 12);
    expect(stepFrame(size, 'log', [line([[1, 0.03]])], [level(4)]).values[1]).toBeCloseTo(5, 12);
  });

  test('begins at the first point on a logarithmic step axis, at zero on a linear one', () => {
    expect(stepFrame(size, 'log', run, []).steps).toEqual([64, 10_000]);
    expect(stepFrame(size, 'linear', run, []).steps).toEqual([0, 10_000]);
  });

  test('has some length with one point, or none', () => {
    expect(stepFrame(size, 'log', [line([[1, 0.5]])], []).steps).toEqual([1, 2]);
    expect(stepFrame(size, 'linear', [], []).steps).toEqual([0, 2]);
  });

  test('does not let a divergence or a zero have its way', () => {
    const frame = stepFrame(
      size,
      'linear',
      [
        line([
          [1, 0.5],
          [2, 0],
          [3, Number.POSITIVE_INFINITY],
          [4, 0.06],
        ]),
      ],
      [],
    );
    expect(frame.values[0]).toBeCloseTo(0.05, 12);
    expect(frame.values[1]).toBeCloseTo(0.5, 12);
  });
});

describe('a step frame', () => {
  const frame = {
    ...stepFrame(
      size,
      'log',
      [
        line([
          [10, 1],
          [1000, 0.01],
        ]),
      ],
      [],
    ),
    x: 40,
    y: 10,
    width: 300,
    height: 100,
  };

  test('gives each decade the same room', () => {
    expect([10, 100, 1000].map(step => Math.round(xOfStep(frame, step)))).toEqual([40, 190, 340]);
    expect([1, 0.1, 0.01].map(value => Math.round(yOfValue(frame, value)))).toEqual([10, 60, 110]);
  });

  test('gives each step the same room on a linear axis', () => {
    const linear = { ...frame, scale: 'linear' as const, steps: [0, 1000] as const };
    expect([0, 500, 1000].map(step => xOfStep(linear, step))).toEqual([40, 190, 340]);
  });

  test('finds the point nearest to a place across, and none beside it', () => {
    const { points } = line([
      [10, 1],
      [100, 1],
      [1000, 1],
    ]);
    expect(pointNear(frame, points, 40)?.step).toBe(10);
    expect(pointNear(frame, points, 120)?.step).toBe(100);
    expect(pointNear(frame, points, 343)?.step).toBe(1000);
    expect(pointNear(frame, points, 20)).toBeNull();
    expect(pointNear(frame, [], 120)).toBeNull();
  });
});
