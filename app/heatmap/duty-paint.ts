import { formatShare } from '../charts/figures.ts';
import { plotFont, type Surface } from '../charts/wave-plot.ts';
import { amountColor, cssColor, parseRgb } from './color-map.ts';
import { dutyShare, gridFor } from './duty.ts';

/** Where a duty map's grid stands on its canvas, and how large a cell is. */
export interface DutyGrid {
  readonly across: number;
  readonly down: number;
  readonly cell: number;
}

const legendWidth = 130;

export function dutyGridFor(columns: number, width: number, height: number): DutyGrid {
  const { across, down } = gridFor(columns);
  return { across, down, cell: Math.min((width - legendWidth) / across, height / down) };
}

export function columnAt(grid: DutyGrid, columns: number, point: { x: number; y: number }): number | null {
  const [x, y] = [Math.floor(point.x / grid.cell), Math.floor(point.y / grid.cell)];
  const column = y * grid.across + x;
  return x >= 0 && x < grid.across && y >= 0 && y < grid.down && column < columns ? column : null;
}

/** The upper end of the colour scale: the largest duty cycle, rounded up so that it seldom changes. */
export function scaleTop(duty: Float32Array, fairShare: number): number {
  let most = 1.5 * fairShare;
  for (const value of duty) most = Math.max(most, value);
  return Math.min([0.02, 0.05, 0.1, 0.2, 0.5].find(top => top >= most) ?? 1, 1);
}

/** A square for each column, by its duty cycle; and the scale, with the share that all would have if they were alike. */
export function paintDuty(
  { context, color }: Surface,
  grid: DutyGrid,
  duty: Float32Array,
  fairShare: number,
  marked: { pinned: number | null; active: number | null },
): void {
  const idle = parseRgb(color('--cell-idle'));
  const top = scaleTop(duty, fairShare);
  const fill = (share: number) => cssColor(amountColor(share, idle));
  const gap = grid.cell > 5 ? 1 : 0;
  const place = (column: number) =>
    [(column % grid.across) * grid.cell, Math.floor(column / grid.across) * grid.cell] as const;
  duty.forEach((value, column) => {
    const [x, y] = place(column);
    context.fillStyle = fill(dutyShare(value, top));
    context.fillRect(x, y, grid.cell - gap, grid.cell - gap);
  });
  const outline = (column: number | null, width: number) => {
    if (column === null) return;
    const [x, y] = place(column);
    context.lineWidth = width;
    context.strokeStyle = color('--text');
    context.strokeRect(x - gap / 2, y - gap / 2, grid.cell, grid.cell);
  };
  outline(marked.pinned, 2);
  outline(marked.active, 1.5);
  paintScale({ context, color }, grid, fill, top, fairShare);
}

function paintScale(
  { context, color }: Surface,
  grid: DutyGrid,
  fill: (share: number) => string,
  top: number,
  fairShare: number,
): void {
  const x = grid.across * grid.cell + 16;
  const height = grid.down * grid.cell;
  const stripes = 90;
  for (let i = 0; i < stripes; i++) {
    context.fillStyle = fill(1 - (i + 0.5) / stripes);
    context.fillRect(x, (i * height) / stripes, 12, height / stripes + 0.5);
  }
  context.font = plotFont;
  context.fillStyle = color('--text-muted');
  context.strokeStyle = color('--text-muted');
  context.lineWidth = 1;
  context.textAlign = 'left';
  const label = (share: number, text: string) => {
    const y = Math.min(Math.max(height * (1 - share), 0.5), height - 0.5);
    context.beginPath();
    context.moveTo(x + 12, y);
    context.lineTo(x + 16, y);
    context.stroke();
    context.textBaseline = share === 1 ? 'top' : share === 0 ? 'bottom' : 'middle';
    context.fillText(text, x + 20, y);
  };
  label(1, `${formatShare(top)} of steps`);
  label(dutyShare(fairShare, top), `${formatShare(fairShare)} fair share`);
  label(0, '0');
}
