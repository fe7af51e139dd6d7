import { isAmbiguous, symbolOf, symbols } from '../../engine/data/symbols.ts';
import { paintStepAxis, plotFont, type StepFrame, type StepTick, type Surface, xOf } from './wave-plot.ts';

/** A stretch of symbols that came and that were expected. Steps are counted as done: the first of a run is at 1. */
export interface Raster {
  readonly from: number;
  readonly to: number;
  /** Rows of a value for each symbol, [rows, 6]. */
  readonly target: Float32Array;
  readonly prediction: Float32Array;
  /** Which row holds a step. */
  readonly row: (step: number) => number;
  /** What the channel of the present symbol holds. */
  readonly amplitude: number;
}

/** Channel of the symbol that came. */
export const cameAt = ({ target, row }: Raster, step: number): number => symbolOf(target, row(step));

/** How strongly a symbol was expected: 0 not at all, 1 as if it was sure. */
export function expectedAt({ prediction, row, amplitude }: Raster, step: number, symbol: number): number {
  const share = prediction[row(step) * symbols.length + symbol]! / (amplitude || 1);
  return Math.min(Math.max(share, 0), 1);
}

/** Whether the wrong one of D and Y was expected, or neither. */
export function missedAt(raster: Raster, step: number): boolean {
  const came = cameAt(raster, step);
  return isAmbiguous(came) && symbolOf(raster.prediction, raster.row(step)) !== came;
}

/** Room around the rows: letters on the left, a lane for mistakes above, steps below. */
const rasterRoom = { left: 20, right: 12, top: 13, bottom: 20 };

/** Where a raster is painted: `x` and `width` are from the middle of the first column to that of the last. */
export function rasterFrame(width: number, height: number, last: number, span: number): StepFrame {
  const column = (width - rasterRoom.left - rasterRoom.right) / span;
  return {
    x: rasterRoom.left + column / 2,
    y: rasterRoom.top,
    width: column * (span - 1),
    height: height - rasterRoom.top - rasterRoom.bottom,
    last,
    span,
  };
}

interface Cell {
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What came: a box as large as its cell. */
export function paintCame({ context, color }: Surface, { x, y, width, height }: Cell): void {
  const [left, top] = [Math.round(x - width / 2), Math.round(y - height / 2)];
  const [right, bottom] = [Math.round(x + width / 2), Math.round(y + height / 2)];
  context.globalAlpha = 0.3;
  context.fillStyle = context.strokeStyle = color('--target');
  context.fillRect(left, top, right - left - 1, bottom - top - 1);
  context.globalAlpha = 1;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, top + 0.5, right - left - 2, bottom - top - 2);
}

/** What was expected: a block within the cell, of an area that tells how strongly. */
export function paintExpected({ context, color }: Surface, cell: Cell, strength: number): void {
  // Fainter than this it would be a speck.
  if (!(strength > 0.05)) return;
  const side = 0.62 * Math.sqrt(strength);
  const width = Math.max(side * cell.width, 1);
  const height = Math.max(side * cell.height, 1);
  context.fillStyle = color('--prediction');
  context.fillRect(cell.x - width / 2, cell.y - height / 2, width, height);
}

/** A mistake: a cross. */
export function paintMiss({ context, color }: Surface, x: number, y: number): void {
  context.strokeStyle = color('--error');
  context.lineWidth = 1.75;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(x - 2.5, y - 2.5);
  context.lineTo(x + 2.5, y + 2.5);
  context.moveTo(x + 2.5, y - 2.5);
  context.lineTo(x - 2.5, y + 2.5);
  context.stroke();
}

/** The letters, the axis of steps, and a line between any two symbols. */
export function paintRasterAxes(surface: Surface, frame: StepFrame, ticks: readonly StepTick[]): void {
  const { context, color } = surface;
  paintStepAxis(surface, frame, ticks);
  const height = frame.height / symbols.length;
  const column = frame.width / (frame.span - 1);
  context.font = plotFont;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  symbols.forEach((symbol, i) => {
    const y = frame.y + i * height;
    context.fillStyle = color('--text-muted');
    context.fillText(symbol, rasterRoom.left / 2, y + height / 2);
    context.fillStyle = color('--line');
    context.fillRect(rasterRoom.left, Math.round(y), frame.width + column, 1);
  });
  context.fillRect(rasterRoom.left, Math.round(frame.y + frame.height), frame.width + column, 1);
}

/** A row for each symbol and a column for each step: what came, what was expected, and mistakes on D or Y. */
export function paintRaster(surface: Surface, frame: StepFrame, raster: Raster): void {
  const { context, color } = surface;
  const column = frame.width / (frame.span - 1);
  const height = frame.height / symbols.length;
  const from = Math.max(raster.from, Math.ceil(frame.last - frame.span + 1));
  const to = Math.min(raster.to, Math.floor(frame.last));
  for (let step = from; step <= to; step++) {
    const x = xOf(frame, step);
    const cell = (symbol: number): Cell => ({
      x,
      y: frame.y + (symbol + 0.5) * height + 0.5,
      width: column - (column > 6 ? 1 : 0),
      height: height - 1,
    });
    if (missedAt(raster, step)) {
      context.globalAlpha = 0.16;
      context.fillStyle = color('--error');
      context.fillRect(x - column / 2, frame.y, column, frame.height);
      context.globalAlpha = 1;
      paintMiss(surface, x, frame.y - 6);
    }
    paintCame(surface, cell(cameAt(raster, step)));
    for (let symbol = 0; symbol < symbols.length; symbol++)
      paintExpected(surface, cell(symbol), expectedAt(raster, step, symbol));
  }
}
