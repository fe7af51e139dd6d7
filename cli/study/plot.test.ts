import { describe, expect, test } from 'vitest';
import { plotSvg } from './plot.ts';

const plot = (points: [number, number][], scale: 'share' | { least: number }) =>
  plotSvg({
    title: 'title',
    xLabel: 'x',
    yLabel: 'y',
    scale,
    curves: [{ label: 'curve', color: '#000', points }],
  });
const heights = (svg: string) =>
  [...svg.match(/d="(M[^"]*)" fill="none"/)![1]!.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(m => Number(m[1]));

describe('plotSvg', () => {
  test('a decade is as high everywhere on a logarithmic scale', () => {
    const [a, b, c] = heights(
      plot(
        [
          [0, 1],
          [1, 0.1],
          [2, 0.01],
        ],
        { least: 1e-4 },
      ),
    ) as [number, number, number];
    expect(b - a).toBeCloseTo(c - b, 1);
    expect(b).toBeGreaterThan(a);
  });

  test('draws nothing lower than the least', () => {
    const [a, b] = heights(
      plot(
        [
          [0, 1e-9],
          [1, 1e-3],
          [2, 1],
        ],
        { least: 1e-3 },
      ),
    );
    expect(a).toBe(b);
  });

  test('a share has its place between none and all', () => {
    const svg = plot(
      [
        [0, 0],
        [1, 0.5],
        [2, 1],
      ],
      'share',
    );
    const [none, half, all] = heights(svg) as [number, number, number];
    expect(none - half).toBeCloseTo(half - all, 1);
    expect(svg).toContain('>100%</text>');
  });
});
