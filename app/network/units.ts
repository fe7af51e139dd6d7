import type { ColumnsBlock, Grid, LayerBlock, Layout, Rect } from './layout.ts';

/** Something in the picture that has a name and values. */
export type Unit =
  | { readonly kind: 'input' | 'output' }
  | { readonly kind: 'encoder' | 'decoder'; readonly index: number; readonly unit: number }
  | { readonly kind: 'pooler'; readonly column: number }
  /** A column of the memory, or one of its cells. */
  | { readonly kind: 'memory'; readonly column: number; readonly cell: number | null };

export const sameUnit = (a: Unit | null, b: Unit | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The column that a unit is or belongs to. */
export const columnOf = (unit: Unit | null): number | null => (unit && 'column' in unit ? unit.column : null);

/** Where cells stand in their column's tile: centres and radius, in shares of the tile's side. */
export interface CellPlaces {
  readonly centres: readonly (readonly [x: number, y: number])[];
  readonly radius: number;
}

/** Five cells stand like the pips of a die, other numbers in rows. */
export function cellPlaces(count: number): CellPlaces {
  if (count === 5) {
    const near = 0.25;
    const far = 1 - near;
    return {
      centres: [
        [near, near],
        [far, near],
        [0.5, 0.5],
        [near, far],
        [far, far],
      ],
      radius: 0.155,
    };
  }
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const inner = 0.84;
  const pitch = inner / columns;
  const top = (1 - rows * pitch) / 2;
  return {
    centres: Array.from({ length: count }, (_, m) => [
      (1 - inner) / 2 + pitch * ((m % columns) + 0.5),
      top + pitch * (Math.floor(m / columns) + 0.5),
    ]),
    radius: Math.min(0.2, pitch * 0.4),
  };
}

/** Below this side, in CSS pixels, a tile shows its column as a whole and not its cells. */
const leastTileWithCells = 9;
/** A cell's place is too small to be told from its neighbours below this radius. */
const leastCellRadius = 1;

export const showsCells = (grid: Grid, places: CellPlaces): boolean =>
  grid.pitch >= leastTileWithCells && grid.pitch * places.radius >= leastCellRadius;

/** The tile at `index`. */
export function tileAt(grid: Grid, index: number): Rect {
  return {
    x: grid.x + (index % grid.columns) * grid.pitch,
    y: grid.y + Math.floor(index / grid.columns) * grid.pitch,
    width: grid.pitch,
    height: grid.pitch,
  };
}

/** The centre of a cell, counted over all columns. */
export function cellCentre(grid: Grid, { centres }: CellPlaces, cell: number): [x: number, y: number] {
  const tile = tileAt(grid, Math.floor(cell / centres.length));
  const [x, y] = centres[cell % centres.length]!;
  return [tile.x + x * grid.pitch, tile.y + y * grid.pitch];
}

const inside = (rect: Rect, x: number, y: number): boolean =>
  x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height;

function indexAt(grid: Grid, x: number, y: number): number | null {
  if (!inside(grid, x, y)) return null;
  const index = Math.floor((y - grid.y) / grid.pitch) * grid.columns + Math.floor((x - grid.x) / grid.pitch);
  return index < grid.count ? index : null;
}

/** The cell whose place is nearest to a point of its column's tile, if it is near. */
function cellAt(grid: Grid, column: number, places: CellPlaces, x: number, y: number): number | null {
  if (!showsCells(grid, places)) return null;
  const tile = tileAt(grid, column);
  let nearest: number | null = null;
  let least = 1.6 * places.radius;
  for (const [m, [cx, cy]] of places.centres.entries()) {
    const distance = Math.hypot((x - tile.x) / grid.pitch - cx, (y - tile.y) / grid.pitch - cy);
    if (distance < least) [nearest, least] = [m, distance];
  }
  return nearest;
}

/** What is at a point of the canvas. */
export function unitAt(layout: Layout, cellsPerColumn: number, x: number, y: number): Unit | null {
  for (const block of layout.blocks) {
    switch (block.kind) {
      case 'input':
      case 'output':
        if (inside(block.rect, x, y)) return { kind: block.kind };
        break;
      case 'encoder':
      case 'decoder': {
        const unit = indexAt(block.rect, x, y);
        if (unit !== null) return { kind: block.kind, index: block.index, unit };
        break;
      }
      case 'pooler': {
        const column = indexAt(block.rect, x, y);
        if (column !== null) return { kind: 'pooler', column };
        break;
      }
      case 'memory': {
        const column = indexAt(block.rect, x, y);
        if (column === null) break;
        return {
          kind: 'memory',
          column,
          cell: cellAt(block.rect, column, cellPlaces(cellsPerColumn), x, y),
        };
      }
    }
  }
  return null;
}

/** The grid of columns that the pooler or the memory is drawn as. */
export const columnGrid = (layout: Layout, kind: 'pooler' | 'memory'): Grid =>
  layout.blocks.find((b): b is ColumnsBlock => b.kind === kind)!.rect;

/** Where a unit is drawn; null where the layout has no such unit. */
export function rectOf(layout: Layout, unit: Unit): Rect | null {
  const tile = (grid: Grid | undefined, index: number) =>
    grid && index < grid.count ? tileAt(grid, index) : null;
  switch (unit.kind) {
    case 'input':
    case 'output':
      return layout.blocks.find(b => b.kind === unit.kind)!.rect;
    case 'encoder':
    case 'decoder': {
      const layers = layout.blocks.filter((b): b is LayerBlock => b.kind === unit.kind);
      return tile(layers.find(b => b.index === unit.index)?.rect, unit.unit);
    }
    case 'pooler':
    case 'memory':
      return tile(columnGrid(layout, unit.kind), unit.column);
  }
}
