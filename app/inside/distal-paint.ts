import { plotFont, type Surface } from '../charts/wave-plot.ts';
import { cssColor, parseRgb, type Rgb } from '../heatmap/color-map.ts';
import { formatFine } from '../network/describe.ts';
import type { Box, Point } from './plot.ts';

/** Columns side by side, each with its cells below each other, in as many bands as make cells nearly square. */
export interface DistalGrid {
  readonly across: number;
  readonly cellsPerColumn: number;
  readonly columns: number;
  readonly box: Box;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** From one band to the next. */
  readonly bandHeight: number;
}

const legendHeight = 26;
const bandGap = 5;

export function distalGrid(
  width: number,
  height: number,
  columns: number,
  cellsPerColumn: number,
): DistalGrid {
  const room = height - legendHeight;
  let best = { size: 0, bands: 1 };
  for (let bands = 1; bands <= Math.min(columns, 64); bands++) {
    const across = Math.ceil(columns / bands);
    const high = (room - bandGap * (bands - 1)) / (bands * cellsPerColumn);
    const size = Math.min(width / across, 1.6 * high);
    if (size > best.size) best = { size, bands };
  }
  const across = Math.ceil(columns / best.bands);
  const cellHeight = (room - bandGap * (best.bands - 1)) / (best.bands * cellsPerColumn);
  return {
    across,
    cellsPerColumn,
    columns,
    box: { x: 0, y: 0, width, height: room },
    cellWidth: width / across,
    cellHeight,
    bandHeight: cellHeight * cellsPerColumn + bandGap,
  };
}

const placeOf = (grid: DistalGrid, cell: number): Point => {
  const column = Math.floor(cell / grid.cellsPerColumn);
  return {
    x: (column % grid.across) * grid.cellWidth,
    y: Math.floor(column / grid.across) * grid.bandHeight + (cell % grid.cellsPerColumn) * grid.cellHeight,
  };
};

export function cellAtPoint(grid: DistalGrid, { x, y }: Point): number | null {
  const band = Math.floor(y / grid.bandHeight);
  const m = Math.floor((y - band * grid.bandHeight) / grid.cellHeight);
  const column = band * grid.across + Math.floor(x / grid.cellWidth);
  const inside = x >= 0 && x < grid.box.width && y >= 0 && m < grid.cellsPerColumn && column < grid.columns;
  return inside ? column * grid.cellsPerColumn + m : null;
}

/** Positive one way, negative the other, and nothing between; the further, the larger. @param share from -1 to 1 */
function divergingColor(share: number, ends: { negative: Rgb; nothing: Rgb; positive: Rgb }): string {
  const end = share < 0 ? ends.negative : ends.positive;
  const amount = Math.sqrt(Math.min(Math.abs(share), 1));
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(ends.nothing[channel] + amount * (end[channel] - ends.nothing[channel]));
  return cssColor([mix(0), mix(1), mix(2)]);
}

const endsOf = ({ color }: Surface) => ({
  negative: parseRgb(color('--error')),
  nothing: parseRgb(color('--surface-sunken')),
  positive: parseRgb(color('--winner')),
});

export interface DistalMarks {
  /** Cells that are active now. */
  readonly active: readonly number[];
  readonly spot: number | null;
}

export function paintDistal(
  surface: Surface,
  grid: DistalGrid,
  weights: Float32Array,
  marks: DistalMarks,
): void {
  const { context, color } = surface;
  const ends = endsOf(surface);
  const most = weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 1e-12);
  const { cellWidth, cellHeight } = grid;
  const gap = Math.min(cellWidth, cellHeight) > 4 ? 1 : 0;
  weights.forEach((weight, cell) => {
    const { x, y } = placeOf(grid, cell);
    context.fillStyle = divergingColor(weight / most, ends);
    context.fillRect(x, y, cellWidth - gap, cellHeight - gap);
  });
  context.strokeStyle = color('--text');
  context.lineWidth = 1;
  for (const cell of marks.active) {
    const { x, y } = placeOf(grid, cell);
    context.strokeRect(x - 0.5, y - 0.5, cellWidth - gap + 1, cellHeight - gap + 1);
  }
  if (marks.spot !== null) {
    const { x, y } = placeOf(grid, marks.spot);
    context.lineWidth = 2;
    context.strokeRect(x - 1, y - 1, cellWidth - gap + 2, cellHeight - gap + 2);
  }
  paintLegend(surface, grid, most, ends);
}

export const spotCentre = (grid: DistalGrid, cell: number): Point => {
  const { x, y } = placeOf(grid, cell);
  return { x: x + grid.cellWidth, y: y + grid.cellHeight / 2 };
};

function paintLegend(
  { context, color }: Surface,
  { box }: DistalGrid,
  most: number,
  ends: ReturnType<typeof endsOf>,
): void {
  const y = box.height + 14;
  context.font = plotFont;
  const least = `inhibits ${formatFine(-most)}`;
  const left = context.measureText(least).width + 6;
  const [width, stripes] = [Math.min(160, box.width / 3), 40];
  for (let i = 0; i < stripes; i++) {
    context.fillStyle = divergingColor((2 * (i + 0.5)) / stripes - 1, ends);
    context.fillRect(left + (i * width) / stripes, y, width / stripes + 0.5, 10);
  }
  context.fillStyle = color('--text-muted');
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.fillText(least, left - 6, y + 5);
  context.textAlign = 'left';
  context.fillText(`${formatFine(most)} excites`, left + width + 6, y + 5);
}
