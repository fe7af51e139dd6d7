import { line as d3Line } from 'd3-shape';
import { expect, it } from 'vitest';
import { area, line } from './d3-shape.ts';

const nowhere = Number.NaN;
const defined = (point: { x: number; y: number }) => Number.isFinite(point.y);

it('draws the lines that D3 draws', () => {
  for (const points of [
    [],
    [{ x: 1, y: 2 }],
    [
      { x: 1, y: 2 },
      { x: 3.5, y: -4 },
      { x: 5, y: 6 },
    ],
    [
      { x: 1, y: nowhere },
      { x: 2, y: 3 },
      { x: 3, y: nowhere },
      { x: 4, y: 5 },
      { x: 5, y: 6 },
      { x: 6, y: nowhere },
    ],
  ]) {
    const theirs = d3Line<{ x: number; y: number }>()
      .x(p => p.x)
      .y(p => p.y)
      .defined(defined);
    expect(line().x().y().defined(defined).curve()(points)).toBe(theirs(points));
  }
});

it('says what to do about a shape that is left out', () => {
  expect(area).toThrow(/d3-shape/);
});
