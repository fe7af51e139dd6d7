import { formatCount, formatHundredths } from '../charts/figures.ts';
import { axisRoom, plotFont, type Surface } from '../charts/wave-plot.ts';
import type { LiveSteps } from '../state/live.ts';
import { amountColor, parseRgb, pixel, type Rgb } from './color-map.ts';
import { columnsInRow, type HeatmapRows } from './row-order.ts';

export const heatmapSteps = 256;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface HeatmapView {
  readonly box: Box;
  readonly rows: HeatmapRows;
  /** Steps done at the right edge. */
  readonly last: number;
}

const bandHeight = 18;

/** Where a heatmap stands on a canvas; below it, a band for columns that have no row. */
export const heatmapBox = (width: number, height: number, band: boolean): Box => ({
  x: axisRoom.left,
  y: 4,
  width: width - axisRoom.left - axisRoom.right,
  height: height - 4 - axisRoom.bottom - (band ? bandHeight : 0),
});

/** −0.25 is the trough of a sine, 0.25 its peak. */
export const formatPhase = (phase: number): string => formatHundredths(phase);

/** How much of the colour scale a winner gets: all for the best score, a third for the last. */
export const rankShare = (rank: number, count: number): number =>
  count === 1 ? 1 : 1 - (0.65 * rank) / (count - 1);

/** One pixel for each row and step, enlarged when it is painted. */
class Raster {
  #canvas: HTMLCanvasElement | null = null;
  #image: ImageData | null = null;

  /** @returns pixels of [rows, steps] to be written, row by row */
  pixels(rows: number): Uint32Array {
    if (this.#image?.height !== rows) this.#image = new ImageData(heatmapSteps, rows);
    return new Uint32Array(this.#image.data.buffer);
  }

  paint(context: CanvasRenderingContext2D, box: Box): void {
    const image = this.#image!;
    this.#canvas ??= document.createElement('canvas');
    this.#canvas.width = image.width;
    this.#canvas.height = image.height;
    this.#canvas.getContext('2d')!.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#canvas, box.x, box.y, box.width, box.height);
  }
}

const raster = new Raster();

/** Lights the winners of the last steps, brightest the best score. */
export function paintHeatmap(surface: Surface, { box, rows, last }: HeatmapView, steps: LiveSteps): void {
  const { context, color } = surface;
  const pixels = raster.pixels(rows.count);
  const nothing = parseRgb(color('--surface-sunken'));
  pixels.fill(pixel(nothing));
  const { winnerCount, winners } = steps;
  const colors = rankColors(winnerCount, nothing);
  const first = Math.max(steps.first, last - heatmapSteps);
  for (let step = first; step < last; step++) {
    const slot = steps.at(step) * winnerCount;
    const across = heatmapSteps - last + step;
    // From the last winner to the first: where several share a row, the best stays.
    for (let rank = winnerCount - 1; rank >= 0; rank--) {
      const row = rows.rowOf[winners[slot + rank]!]!;
      if (row >= 0) pixels[row * heatmapSteps + across] = colors[rank]!;
    }
  }
  raster.paint(context, box);
  paintLabels(surface, { box, rows, last });
}

const rankColors = (count: number, nothing: Rgb): Uint32Array =>
  Uint32Array.from({ length: count }, (_, rank) => pixel(amountColor(rankShare(rank, count), nothing)));

function paintLabels({ context, color }: Surface, { box, rows, last }: HeatmapView): void {
  context.font = plotFont;
  context.fillStyle = color('--text-muted');
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const labels = Math.min(4, rows.order.length);
  for (let i = 0; i < labels; i++) {
    const place = Math.floor((i * rows.order.length) / labels);
    const column = rows.order[place]!;
    const text = rows.phases ? formatPhase(rows.phases[column]!) : formatCount(column);
    const y = box.y + ((place + 0.5) / rows.order.length) * box.height;
    context.fillText(text, box.x - 6, Math.max(y, box.y + 6));
  }
  const bottom = box.y + box.height;
  if (rows.phases) {
    context.textAlign = 'left';
    const words = `${formatCount(rows.unused)} columns won at no recent step`;
    if (rows.order.length > 0 && rows.unused > 0) context.fillText(words, box.x, bottom + bandHeight / 2 + 1);
  }
  const below = bottom + (rows.phases ? bandHeight : 0) + 4;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillText(`−${heatmapSteps}`, box.x, below);
  context.textAlign = 'right';
  context.fillText(`step ${formatCount(last)}`, box.x + box.width, below);
}

/** Points at a column's row from both sides. */
export function paintPinned({ context, color }: Surface, { box, rows }: HeatmapView, column: number): void {
  const row = rows.rowOf[column] ?? -1;
  if (row < 0) return;
  const y = box.y + ((row + 0.5) / rows.count) * box.height;
  const half = Math.max(box.height / rows.count / 2, 1) + 1;
  context.strokeStyle = context.fillStyle = color('--text');
  context.lineWidth = 1;
  context.strokeRect(box.x - 0.5, y - half, box.width + 1, 2 * half);
  context.beginPath();
  context.moveTo(box.x + box.width + 2, y);
  context.lineTo(box.x + box.width + 9, y - 4);
  context.lineTo(box.x + box.width + 9, y + 4);
  context.fill();
}

/** What lies under a point: a step, counted as done, and the columns of a row. */
export function cellAt(
  { box, rows, last }: HeatmapView,
  point: { x: number; y: number },
): { step: number; columns: readonly number[] } | null {
  const across = Math.floor(((point.x - box.x) / box.width) * heatmapSteps);
  const row = Math.floor(((point.y - box.y) / box.height) * rows.count);
  if (across < 0 || across >= heatmapSteps || row < 0 || row >= rows.count) return null;
  return { step: last - heatmapSteps + across + 1, columns: columnsInRow(rows, row) };
}
