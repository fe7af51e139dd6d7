import { describe, expect, test } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { columnAfter } from './keyboard.ts';
import { layOut } from './layout.ts';
import { cellPlaces, columnGrid, rectOf, tileAt, type Unit, unitAt } from './units.ts';

const config = defaultPreset.settings.network;
const layout = layOut(config, 713, 369);
const memory = columnGrid(layout, 'memory');

const centreOf = (unit: Unit): [number, number] => {
  const rect = rectOf(layout, unit)!;
  return [rect.x + rect.width / 2, rect.y + rect.height / 2];
};

describe('what is at a point', () => {
  test.each<Unit>([
    { kind: 'input' },
    { kind: 'output' },
    { kind: 'encoder', index: 0, unit: 0 },
    { kind: 'encoder', index: 1, unit: 255 },
    { kind: 'decoder', index: 0, unit: 17 },
    { kind: 'pooler', column: 137 },
    // The third of five cells stands in the middle.
    { kind: 'memory', column: 137, cell: 2 },
  ])('is found where it is drawn: %o', unit => {
    expect(unitAt(layout, 5, ...centreOf(unit))).toEqual(unit);
  });

  test('is each cell at its place, and the column as a whole elsewhere in its tile', () => {
    const { centres } = cellPlaces(5);
    const tile = tileAt(memory, 20);
    for (const [cell, [x, y]] of centres.entries())
      expect(unitAt(layout, 5, tile.x + x * tile.width, tile.y + y * tile.height)).toEqual({
        kind: 'memory',
        column: 20,
        cell,
      });
    const between = unitAt(layout, 5, tile.x + 1, tile.y + tile.height / 2);
    expect(between).toEqual({ kind: 'memory', column: 20, cell: null });
  });

  test('is nothing between the parts', () => {
    expect(unitAt(layout, 5, memory.x - 20, memory.y + 5)).toBeNull();
    expect(unitAt(layout, 5, -1, -1)).toBeNull();
  });

  test('is nothing where the last row ends early', () => {
    const odd = layOut({ ...config, columns: 250 }, 713, 369);
    const grid = columnGrid(odd, 'memory');
    const beyond = tileAt(grid, 250);
    expect(unitAt(odd, 5, beyond.x + 2, beyond.y + 2)).toBeNull();
    expect(rectOf(odd, { kind: 'memory', column: 250, cell: null })).toBeNull();
  });

  test('is a whole column where cells are too small to be seen', () => {
    const many = layOut({ ...config, columns: 4096 }, 713, 369);
    const tile = tileAt(columnGrid(many, 'memory'), 100);
    const unit = unitAt(many, 5, tile.x + tile.width / 2, tile.y + tile.height / 2);
    expect(unit).toEqual({ kind: 'memory', column: 100, cell: null });
  });
});

test.each([1, 2, 3, 5, 12, 64])('%i cells stand apart within their tile', count => {
  const { centres, radius } = cellPlaces(count);
  expect(centres).toHaveLength(count);
  for (const [i, [x, y]] of centres.entries()) {
    for (const at of [x, y]) {
      expect(at - radius).toBeGreaterThanOrEqual(0);
      expect(at + radius).toBeLessThanOrEqual(1);
    }
    for (const [ox, oy] of centres.slice(i + 1))
      expect(Math.hypot(x - ox, y - oy)).toBeGreaterThan(2 * radius);
  }
});

describe('the keyboard moves over the columns', () => {
  test.each([
    ['ArrowRight', 20, 21],
    ['ArrowLeft', 20, 19],
    ['ArrowDown', 20, 36],
    ['ArrowUp', 20, 4],
    ['Home', 20, 0],
    ['End', 20, 255],
    // There is nothing beyond the edges.
    ['ArrowUp', 4, 4],
    ['ArrowRight', 255, 255],
    ['ArrowDown', 250, 250],
  ])('%s from %i to %i', (key, from, to) => {
    expect(columnAfter(key, from, memory)).toBe(to);
  });

  test('starts at the first, and leaves other keys alone', () => {
    expect(columnAfter('ArrowDown', null, memory)).toBe(0);
    expect(columnAfter('a', 20, memory)).toBeNull();
  });
});
