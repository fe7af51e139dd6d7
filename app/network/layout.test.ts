import { describe, expect, test } from 'vitest';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import { fitGrid } from './grid.ts';
import { type Layout, layOut, type Rect } from './layout.ts';
import { columnGrid } from './units.ts';

const standard = defaultPreset.settings.network;
const configs: Record<string, NetworkConfig> = {
  standard,
  tiny: { ...standard, encoder: [1], columns: 1, winners: 1, cellsPerColumn: 1, decoder: [1] },
  deep: { ...standard, encoder: [512, 128, 64, 32], columns: 1024, winners: 20, decoder: [128, 64, 32, 16] },
  vector: { ...standard, inputs: 64, readout: 'active', columns: 37, cellsPerColumn: 64 },
};
const canvases = [
  [390, 0],
  [640, 320],
  [713, 369],
  [1880, 590],
] as const;

const cases = Object.entries(configs).flatMap(([name, config]) =>
  canvases.map(([width, height]) => ({ name, config, width, height })),
);

const overlap = (a: Rect, b: Rect): boolean =>
  a.x + 0.01 < b.x + b.width &&
  b.x + 0.01 < a.x + a.width &&
  a.y + 0.01 < b.y + b.height &&
  b.y + 0.01 < a.y + a.height;

describe.each(cases)('the layout of a $name network on $width x $height', ({ config, width, height }) => {
  const layout: Layout = layOut(config, width, height);

  test('shows every part once', () => {
    const kinds = layout.blocks.map(b => b.kind);
    expect(kinds.filter(k => k === 'encoder')).toHaveLength(config.encoder.length);
    expect(kinds.filter(k => k === 'decoder')).toHaveLength(config.decoder.length);
    for (const kind of ['input', 'output', 'pooler', 'memory'])
      expect(kinds.filter(k => k === kind)).toHaveLength(1);
  });

  test('keeps parts on the canvas and apart from each other', () => {
    for (const [i, { rect }] of layout.blocks.entries()) {
      expect(rect.width).toBeGreaterThan(0);
      expect(rect.height).toBeGreaterThan(0);
      expect(rect.x).toBeGreaterThanOrEqual(0);
      expect(rect.y).toBeGreaterThanOrEqual(0);
      expect(rect.x + rect.width).toBeLessThanOrEqual(width + 0.01);
      expect(rect.y + rect.height).toBeLessThanOrEqual(layout.height + 0.01);
      for (const other of layout.blocks.slice(i + 1)) expect(overlap(rect, other.rect)).toBe(false);
    }
  });

  test('has an arrow into every part but the input', () => {
    // Value or features into each layer, overlaps, winners, cells, and the prediction.
    expect(layout.arrows).toHaveLength(config.encoder.length + config.decoder.length + 3);
    expect(layout.arrows.filter(a => a.flow === config.readout)).toHaveLength(1);
    expect(layout.arrows.filter(a => a.flow === 'winners')).toHaveLength(1);
    expect(layout.arrows.filter(a => a.flow === 'prediction')).toHaveLength(1);
  });

  test('puts all columns in a near square', () => {
    for (const kind of ['pooler', 'memory'] as const) {
      const grid = columnGrid(layout, kind);
      expect(grid.count).toBe(config.columns);
      expect(grid.columns).toBe(Math.ceil(Math.sqrt(config.columns)));
    }
  });
});

test('256 columns are 16 by 16', () => {
  const grid = columnGrid(layOut(standard, 713, 369), 'memory');
  expect(grid.columns).toBe(16);
  expect(grid.height).toBeCloseTo(grid.width, 6);
});

describe('fitGrid', () => {
  test('takes the arrangement with the largest tiles', () => {
    // 8 in one row of a 80 x 10 strip, but 4 x 2 in 40 x 20.
    expect(fitGrid(8, { x: 0, y: 0, width: 80, height: 10 })).toMatchObject({ columns: 8, pitch: 10 });
    expect(fitGrid(8, { x: 0, y: 0, width: 40, height: 20 })).toMatchObject({ columns: 4, pitch: 10 });
  });

  test('fills the width when tiles may not grow further', () => {
    expect(fitGrid(12, { x: 0, y: 0, width: 65, height: 500 }, 10)).toMatchObject({ columns: 6, pitch: 10 });
  });
});
