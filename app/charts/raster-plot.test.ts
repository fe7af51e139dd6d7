import { describe, expect, test } from 'vitest';
import { symbols } from '../../engine/data/symbols.ts';
import { cameAt, expectedAt, missedAt, type Raster, rasterFrame } from './raster-plot.ts';
import { stepAt, xOf } from './wave-plot.ts';

/** A raster whose first step is 11: what came as letters, and what was expected as values by letter. */
function rasterOf(came: string, expected: Record<string, number>[], amplitude = 1): Raster {
  const row = (values: Record<string, number>) => symbols.map(symbol => values[symbol] ?? 0);
  return {
    from: 11,
    to: 10 + came.length,
    target: Float32Array.from([...came].flatMap(symbol => row({ [symbol]: amplitude }))),
    prediction: Float32Array.from(expected.flatMap(row)),
    row: step => step - 11,
    amplitude,
  };
}

describe('a raster', () => {
  const raster = rasterOf('CDY', [{ A: 0.4 }, { D: 1.2, Y: -0.3 }, { D: 0.6, Y: 0.4 }], 0.8);

  test('knows what came', () => {
    expect([11, 12, 13].map(step => symbols[cameAt(raster, step)])).toEqual(['C', 'D', 'Y']);
  });

  test('knows how strongly each symbol was expected, as a share of the amplitude from 0 to 1', () => {
    expect(expectedAt(raster, 11, symbols.indexOf('A'))).toBeCloseTo(0.5, 6);
    expect(expectedAt(raster, 12, symbols.indexOf('D'))).toBe(1);
    expect(expectedAt(raster, 12, symbols.indexOf('Y'))).toBe(0);
    expect(expectedAt({ ...raster, amplitude: 0 }, 13, symbols.indexOf('D'))).toBeCloseTo(0.6, 6);
  });

  test('marks a mistake on D and Y, and nowhere else', () => {
    expect([11, 12, 13].map(step => missedAt(raster, step))).toEqual([false, false, true]);
  });
});

test('a raster frame has whole columns within its room, the newest at the right', () => {
  const frame = rasterFrame(432, 120, 1000, 40);
  expect(xOf(frame, 1000)).toBeCloseTo(432 - 12 - 5, 9);
  expect(xOf(frame, 961)).toBeCloseTo(20 + 5, 9);
  expect(xOf(frame, 999) - xOf(frame, 998)).toBeCloseTo(10, 9);
  for (const offset of [-4.9, 0, 4.9]) expect(stepAt(frame, xOf(frame, 980) + offset)).toBe(980);
});
