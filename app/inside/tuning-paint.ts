import { symbols } from '../../engine/data/symbols.ts';
import { formatTick } from '../charts/figures.ts';
import { plotFont, type Surface } from '../charts/wave-plot.ts';
import { amountColor, parseRgb, pixel } from '../heatmap/color-map.ts';
import { type Axis, across, type Box, type Point, paintCaption, sharp } from './plot.ts';
import type { TuningSheet } from './tuning-order.ts';

const room = { left: 12, right: 12, top: 2, bottom: 20 };

export const tuningBox = (width: number, height: number): Box => ({
  x: room.left,
  y: room.top,
  width: width - room.left - room.right,
  height: height - room.top - room.bottom,
});

export interface TuningView {
  readonly sheet: TuningSheet;
  /** Columns from top to bottom. */
  readonly rows: readonly number[];
  /** How many of them win somewhere: the first. */
  readonly winning: number;
  readonly amplitude: number;
  readonly symbolic: boolean;
}

/** A pixel for each input and row, painted larger. */
const raster = document.createElement('canvas');

export function paintTuning(surface: Surface, box: Box, view: TuningView, present: number | null): void {
  const { context, color } = surface;
  const { sheet, rows, winning } = view;
  const count = sheet.input.length;
  if (rows.length === 0) return;
  const nothing = parseRgb(color('--surface-sunken'));
  const image = new ImageData(count, rows.length);
  const pixels = new Uint32Array(image.data.buffer);
  let most = 1e-9;
  for (const value of sheet.score) if (value > most) most = value;
  rows.forEach((column, row) => {
    for (let n = 0; n < count; n++) {
      const share = Math.max(0, sheet.score[column * count + n]! / most);
      pixels[row * count + n] = pixel(amountColor(share, nothing));
    }
  });
  raster.width = count;
  raster.height = rows.length;
  raster.getContext('2d')!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(raster, box.x, box.y, box.width, box.height);
  paintWins(surface, box, view);

  const axis = axisOf(view);
  context.font = plotFont;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillStyle = context.strokeStyle = color('--text-muted');
  context.lineWidth = 1;
  for (const { at, label } of axis.ticks) {
    const x = across(box, axis, at);
    context.beginPath();
    context.moveTo(sharp(x), box.y + box.height);
    context.lineTo(sharp(x), box.y + box.height + 4);
    context.stroke();
    context.fillText(label, x, box.y + box.height + 6);
  }
  if (winning < rows.length) {
    const y = sharp(box.y + (winning / rows.length) * box.height);
    context.strokeStyle = color('--text');
    context.beginPath();
    context.moveTo(box.x, y);
    context.lineTo(box.x + box.width, y);
    context.stroke();
    paintCaption(surface, { x: box.x + 4, y: y + 4 }, 'win nowhere');
  }
  if (present === null) return;
  const x = sharp(across(box, axis, present));
  context.strokeStyle = color('--text');
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(x, box.y);
  context.lineTo(x, box.y + box.height);
  context.stroke();
  context.setLineDash([]);
}

function axisOf({ sheet: { input }, amplitude, symbolic }: TuningView): Axis {
  if (symbolic)
    return { from: -0.5, to: input.length - 0.5, ticks: symbols.map((label, at) => ({ at, label })) };
  const ticks = [-amplitude, 0, amplitude].map(at => ({ at, label: formatTick(at) }));
  return { from: input[0]!, to: input.at(-1)!, ticks };
}

/** Marks what each column wins. */
function paintWins({ context, color }: Surface, box: Box, { sheet, rows }: TuningView): void {
  const count = sheet.input.length;
  const x = (n: number) => box.x + (n / count) * box.width;
  const y = (row: number) => Math.round(box.y + (row / rows.length) * box.height);
  context.fillStyle = color('--cell-burst');
  rows.forEach((column, row) => {
    const high = Math.max(y(row + 1) - y(row), 1);
    for (let n = 0; n < count; n++)
      if (sheet.wins[column * count + n]) context.fillRect(x(n), y(row), box.width / count + 0.5, high);
  });
}

/** What lies under a point. */
export function tuningAt(
  box: Box,
  { sheet, rows }: TuningView,
  point: Point,
): { row: number; at: number } | null {
  const at = Math.floor(((point.x - box.x) / box.width) * sheet.input.length);
  const row = Math.floor(((point.y - box.y) / box.height) * rows.length);
  return at >= 0 && at < sheet.input.length && row >= 0 && row < rows.length ? { row, at } : null;
}
