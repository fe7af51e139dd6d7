import { plotFont, type Surface } from '../charts/wave-plot.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** What an edge of a plot stands for; logarithmic where values are compared by their ratio. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly Tick[];
  readonly log?: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly color: string;
  /** Broken where y is no number. */
  readonly points: Iterable<Point>;
  readonly width?: number;
  readonly opacity?: number;
  readonly dash?: readonly number[];
}

const shareOf = ({ from, to, log }: Axis, value: number): number =>
  log ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);

export const across = (box: Box, axis: Axis, value: number): number =>
  box.x + box.width * shareOf(axis, value);
export const upwards = (box: Box, axis: Axis, value: number): number =>
  box.y + box.height * (1 - shareOf(axis, value));

/** The value of a linear axis below a point. */
export const valueAt = (box: Box, { from, to }: Axis, x: number): number =>
  from + ((x - box.x) / box.width) * (to - from);

// Half a pixel off, a line of one pixel is sharp.
export const sharp = (at: number): number => Math.round(at) + 0.5;

/** Grid lines at the ticks of both axes, and their labels to the left and below. */
export function paintGrid({ context, color }: Surface, box: Box, x: Axis, y: Axis): void {
  context.font = plotFont;
  context.lineWidth = 1;
  context.strokeStyle = color('--line');
  context.fillStyle = color('--text-muted');
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const { at, label } of y.ticks) {
    const place = upwards(box, y, at);
    context.beginPath();
    context.moveTo(box.x, sharp(place));
    context.lineTo(box.x + box.width, sharp(place));
    context.stroke();
    context.fillText(label, box.x - 6, place);
  }
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const { at, label } of x.ticks) {
    const place = across(box, x, at);
    context.beginPath();
    context.moveTo(sharp(place), box.y);
    context.lineTo(sharp(place), box.y + box.height + 3);
    context.stroke();
    const half = context.measureText(label).width / 2;
    const most = box.x + box.width + 10 - half;
    context.fillText(label, Math.min(Math.max(place, half), most), box.y + box.height + 6);
  }
}

export function paintLine({ context, color }: Surface, box: Box, x: Axis, y: Axis, line: Line): void {
  context.save();
  context.beginPath();
  context.rect(box.x, box.y - 2, box.width + 2, box.height + 4);
  context.clip();
  context.strokeStyle = color(line.color);
  context.lineWidth = line.width ?? 1.75;
  context.globalAlpha = line.opacity ?? 1;
  context.lineJoin = 'round';
  context.setLineDash([...(line.dash ?? [])]);
  context.beginPath();
  let pen = false;
  for (const point of line.points) {
    if (!Number.isFinite(point.y) || (y.log && point.y <= 0)) {
      pen = false;
      continue;
    }
    const to = [across(box, x, point.x), upwards(box, y, point.y)] as const;
    if (pen) context.lineTo(...to);
    else context.moveTo(...to);
    pen = true;
  }
  context.stroke();
  context.restore();
}

/** A word or two at the upper left of a plot, over what is drawn there. */
export function paintCaption({ context, color }: Surface, { x, y }: Point, text: string): void {
  context.font = plotFont;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = color('--surface');
  context.strokeText(text, x, y);
  context.fillStyle = color('--text-muted');
  context.fillText(text, x, y);
}
