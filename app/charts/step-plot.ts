import { isLoggable, linearTicks, logDomain, logTicks } from './axis-ticks.ts';
import { formatError, formatTick } from './figures.ts';
import { plotFont, type Surface } from './wave-plot.ts';

export type StepScale = 'log' | 'linear';

export interface StepPoint {
  /** Steps done. */
  readonly step: number;
  readonly value: number;
}

/** A quantity over the run. */
export interface StepLine {
  readonly name: string;
  readonly points: readonly StepPoint[];
  readonly width: number;
  readonly opacity: number;
}

/** A value that stands for the whole run, as a labelled level line. */
export interface Level {
  readonly name: string;
  readonly value: number;
  readonly color: string;
  readonly dash: readonly number[];
  /** Where its label stands: two levels that coincide still have labels that do not. */
  readonly side: 'above' | 'below';
}

/** Where a plot stands on its canvas, and what its edges stand for. */
export interface StepFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly scale: StepScale;
  readonly steps: readonly [first: number, last: number];
  readonly values: readonly [least: number, most: number];
}

const room = { left: 44, right: 12, top: 8, bottom: 20 };

/** A frame that holds all lines and levels; values are on a logarithmic axis, so those that have none are left out. */
export function stepFrame(
  { width, height }: { width: number; height: number },
  scale: StepScale,
  lines: readonly StepLine[],
  levels: readonly Level[],
): StepFrame {
  const points = lines[0]?.points ?? [];
  const first = points[0]?.step ?? 1;
  const last = Math.max(points.at(-1)?.step ?? 1, first + 1);
  return {
    x: room.left,
    y: room.top,
    width: width - room.left - room.right,
    height: height - room.top - room.bottom,
    scale,
    steps: [scale === 'log' ? first : 0, last],
    values: logDomain([...lines.flatMap(line => line.points.map(p => p.value)), ...levels.map(l => l.value)]),
  };
}

/** How far along an axis a value stands, from 0 to 1. */
const share = (value: number, [from, to]: readonly [number, number], scale: StepScale): number =>
  scale === 'log' ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);

export const xOfStep = (frame: StepFrame, step: number): number =>
  frame.x + frame.width * share(step, frame.steps, frame.scale);

export const yOfValue = (frame: StepFrame, value: number): number =>
  frame.y + frame.height * (1 - share(value, frame.values, 'log'));

/** The point of a line that is nearest across, or null beside the plot. */
export function pointNear(frame: StepFrame, points: readonly StepPoint[], x: number): StepPoint | null {
  if (x < frame.x - 4 || x > frame.x + frame.width + 4) return null;
  let nearest: StepPoint | null = null;
  for (const point of points) {
    const distance = (p: StepPoint) => Math.abs(xOfStep(frame, p.step) - x);
    if (!nearest || distance(point) <= distance(nearest)) nearest = point;
  }
  return nearest;
}

/** The grid with the labels of both axes. */
export function paintStepAxes({ context, color }: Surface, frame: StepFrame): void {
  const bottom = frame.y + frame.height;
  const right = frame.x + frame.width;
  context.font = plotFont;
  context.lineWidth = 1;
  context.strokeStyle = color('--line');
  context.fillStyle = color('--text-muted');
  // Half a pixel off, a line of one pixel is sharp.
  const sharp = (at: number) => Math.round(at) + 0.5;
  context.beginPath();
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of logTicks(frame.values)) {
    const y = yOfValue(frame, value);
    context.moveTo(frame.x, sharp(y));
    context.lineTo(right, sharp(y));
    context.fillText(formatTick(value), frame.x - 6, y);
  }
  context.textAlign = 'center';
  context.textBaseline = 'top';
  let free = right + room.right;
  const ticks = frame.scale === 'log' ? logTicks(frame.steps) : linearTicks(frame.steps[1]);
  for (const step of ticks.reverse()) {
    const x = xOfStep(frame, step);
    context.moveTo(sharp(x), frame.y);
    context.lineTo(sharp(x), bottom);
    const label = formatTick(step);
    const half = context.measureText(label).width / 2;
    const middle = Math.min(x, right + room.right - half);
    if (middle + half > free) continue;
    context.fillText(label, middle, bottom + 6);
    free = middle - half - 6;
  }
  context.stroke();
}

export function paintLines({ context, color }: Surface, frame: StepFrame, lines: readonly StepLine[]): void {
  context.save();
  context.beginPath();
  context.rect(frame.x, frame.y - 2, frame.width + 2, frame.height + 4);
  context.clip();
  context.strokeStyle = color('--prediction');
  context.lineJoin = 'round';
  for (const line of lines) {
    context.lineWidth = line.width;
    context.globalAlpha = line.opacity;
    context.beginPath();
    for (const { step, value } of line.points)
      if (isLoggable(value)) context.lineTo(xOfStep(frame, step), yOfValue(frame, value));
    context.stroke();
  }
  context.restore();
}

/** Level lines, with names at the end where a learning curve is not: it begins above them and should end below. */
export function paintLevels({ context, color }: Surface, frame: StepFrame, levels: readonly Level[]): void {
  const left = frame.scale === 'log';
  for (const level of levels) {
    const y = yOfValue(frame, level.value);
    context.strokeStyle = color(level.color);
    context.lineWidth = 1.5;
    context.setLineDash([...level.dash]);
    context.beginPath();
    context.moveTo(frame.x, y);
    context.lineTo(frame.x + frame.width, y);
    context.stroke();
    context.setLineDash([]);
    context.font = `600 ${plotFont}`;
    context.textAlign = left ? 'left' : 'right';
    context.textBaseline = level.side === 'above' ? 'bottom' : 'top';
    const text = `${level.name} ${formatError(level.value)}`;
    const at = [
      left ? frame.x + 5 : frame.x + frame.width - 5,
      level.side === 'above' ? y - 3 : y + 4,
    ] as const;
    // A rim in the page's colour keeps the words legible on the curve.
    context.strokeStyle = color('--surface');
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeText(text, ...at);
    context.fillStyle = color(level.color);
    context.fillText(text, ...at);
  }
}
