import { formatCount, formatTick } from './figures.ts';

/** What is painted on: a canvas of the page, or one that becomes a file. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly color: (name: string) => string;
}

/** A stretch of actual and predicted values. Steps are counted as done: the first sample of a run is at 1. */
export interface Wave {
  readonly from: number;
  readonly to: number;
  readonly target: (step: number) => number;
  readonly prediction: (step: number) => number;
}

/** Where steps are painted, and which. */
export interface StepFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Steps done at the right edge, and steps from edge to edge. */
  readonly last: number;
  readonly span: number;
}

/** Where a wave is painted, and what its edges stand for. */
export interface WaveFrame extends StepFrame {
  /** Values at the upper and, negative, the lower edge. */
  readonly bound: number;
}

export interface StepTick {
  readonly step: number;
  readonly label: string;
}

export const plotFont = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Room for the axes' labels around a frame. */
export const axisRoom = { left: 40, right: 12, top: 8, bottom: 20 };

/** Headroom above a signal's peak: its noise, and predictions that overshoot. */
export const boundOf = ({ amplitude, noise }: { amplitude: number; noise: number }): number =>
  amplitude * 1.12 + 3 * noise || 1;

const roundIntervals = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500];

/** Room that the label of a step takes, in pixels. */
const labelRoom = 56;

/**
 * Ticks of the step axis, as many as there is room for. Where the picture scrolls they stand at round steps and move with it; where it
 * is held they keep their places and say how many steps back they are.
 */
export function stepTicks({ last, span, width }: StepFrame, held: boolean): StepTick[] {
  const least = Math.max((labelRoom * span) / width, span / 5);
  const interval = roundIntervals.find(i => i >= least) ?? Math.ceil(least);
  const ticks: StepTick[] = [];
  if (held) {
    for (let back = interval; back < span; back += interval)
      ticks.push({ step: last - back, label: `−${formatCount(back)}` });
    return [...ticks.reverse(), { step: last, label: formatCount(Math.round(last)) }];
  }
  const first = Math.max(0, last - span + 1);
  for (let step = Math.ceil(first / interval) * interval; step <= last; step += interval)
    ticks.push({ step, label: formatCount(step) });
  return ticks;
}

export const xOf = (frame: StepFrame, step: number): number =>
  frame.x + frame.width * (1 - (frame.last - step) / (frame.span - 1));

export const stepAt = (frame: StepFrame, x: number): number =>
  Math.round(frame.last - (1 - (x - frame.x) / frame.width) * (frame.span - 1));

const yOf = (frame: WaveFrame, value: number): number =>
  frame.y + (frame.height * (1 - value / frame.bound)) / 2;

// Half a pixel off, a line of one pixel is sharp.
const sharp = (at: number): number => Math.round(at) + 0.5;

/** The grid, the zero line and the labels of both axes. */
export function paintAxes(
  surface: Surface,
  frame: WaveFrame,
  ticks: readonly StepTick[],
  peak: number,
): void {
  const { context, color } = surface;
  context.font = plotFont;
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const value of peak > 0 ? [peak, 0, -peak] : [0]) {
    context.strokeStyle = color(value === 0 ? '--text-muted' : '--line');
    context.globalAlpha = value === 0 ? 0.55 : 1;
    context.beginPath();
    context.moveTo(frame.x, sharp(yOf(frame, value)));
    context.lineTo(frame.x + frame.width, sharp(yOf(frame, value)));
    context.stroke();
    context.globalAlpha = 1;
    context.fillStyle = color('--text-muted');
    context.fillText(formatTick(value), frame.x - 6, yOf(frame, value));
  }
  paintStepAxis(surface, frame, ticks);
}

/** Lines at the ticks, and their labels below the frame. */
export function paintStepAxis(
  { context, color }: Surface,
  frame: StepFrame,
  ticks: readonly StepTick[],
): void {
  context.font = plotFont;
  context.lineWidth = 1;
  context.fillStyle = color('--text-muted');
  context.textBaseline = 'top';
  context.textAlign = 'center';
  const bottom = frame.y + frame.height;
  for (const { step, label } of ticks) {
    const x = xOf(frame, step);
    if (x < frame.x - 0.5) continue;
    context.strokeStyle = color('--line');
    context.beginPath();
    context.moveTo(sharp(x), frame.y);
    context.lineTo(sharp(x), bottom + 3);
    context.stroke();
    const half = context.measureText(label).width / 2;
    const most = frame.x + frame.width + axisRoom.right - 1 - half;
    context.fillText(label, Math.min(Math.max(x, half), most), bottom + 6);
  }
}

/** The actual value as a broad line, the prediction as a fine one on it, and their difference as an area. */
export function paintWave({ context, color }: Surface, frame: WaveFrame, wave: Wave): void {
  const from = Math.max(wave.from, Math.ceil(frame.last - frame.span + 1 - 1e-9));
  const to = Math.min(wave.to, Math.floor(frame.last + 1e-9));
  if (to < from) return;
  context.save();
  context.beginPath();
  context.rect(frame.x - 1, frame.y, frame.width + axisRoom.right, frame.height);
  context.clip();
  const trace = (value: (step: number) => number) => {
    for (let step = from; step <= to; step++) context.lineTo(xOf(frame, step), yOf(frame, value(step)));
  };
  context.beginPath();
  trace(wave.target);
  for (let step = to; step >= from; step--)
    context.lineTo(xOf(frame, step), yOf(frame, wave.prediction(step)));
  context.globalAlpha = 0.28;
  context.fillStyle = color('--error');
  context.fill();
  context.lineJoin = context.lineCap = 'round';
  for (const line of waveLines) {
    context.globalAlpha = line.opacity;
    context.lineWidth = line.width;
    context.strokeStyle = color(line.color);
    context.beginPath();
    trace(wave[line.name]);
    context.stroke();
  }
  context.restore();
}

/** How both lines look, here and in legends: not by their colours alone. */
export const waveLines = [
  { name: 'target', label: 'Actual', color: '--target', width: 4.5, opacity: 0.5 },
  { name: 'prediction', label: 'Predicted', color: '--prediction', width: 1.75, opacity: 1 },
] as const;

/** Marks the newest sample of both lines. */
export function paintNewest({ context, color }: Surface, frame: WaveFrame, wave: Wave): void {
  if (wave.to < wave.from || Math.abs(wave.to - frame.last) >= 1) return;
  const x = xOf(frame, wave.to);
  const dot = (value: number, radius: number, fill: string, stroke: string) => {
    const y = Math.min(Math.max(yOf(frame, value), frame.y), frame.y + frame.height);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = color(fill);
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = color(stroke);
    context.stroke();
  };
  dot(wave.target(wave.to), 5, '--surface', '--target');
  dot(wave.prediction(wave.to), 3, '--prediction', '--surface');
}
