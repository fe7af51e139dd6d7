import { isLoggable, linearTicks, logDomain, logTicks } from '../charts/axis-ticks.ts';
import { formatTick } from '../charts/figures.ts';
import { plotFont } from '../charts/wave-plot.ts';
import type { Drawing } from '../shared/canvas.ts';
import type { ProgressReport } from '../worker/sweep-protocol.ts';

/** What all curves of a sweep share: steps across, RMSE on a logarithmic axis upwards. */
export interface CurveScale {
  readonly steps: number;
  readonly domain: readonly [least: number, most: number];
  /** RMSE of repeating the present value. */
  readonly persistence: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An error far above the rest says no more than that it is there: so much above persistence is the top. */
const mostTimesPersistence = 4;

export function scaleOf({ curves, members }: ProgressReport, steps: number): CurveScale {
  const measured = members.find(m => m.divergedAt === null && m.ratio !== null && m.ratio > 0);
  const persistence = measured ? measured.rmse / measured.ratio! : 0;
  const top = persistence > 0 ? mostTimesPersistence * persistence : Number.POSITIVE_INFINITY;
  const errors = curves.flatMap(curve => [...curve].filter((_, i) => i % 2 === 1));
  const shown = errors.filter(isLoggable).map(error => Math.min(error, top));
  return { steps, persistence, domain: logDomain([...shown, persistence]) };
}

const yOf = ({ domain: [least, most] }: CurveScale, { y, height }: Box, rmse: number): number => {
  const share = Math.log(rmse / least) / Math.log(most / least);
  return y + height * (1 - Math.min(Math.max(share, 0), 1));
};

const xOf = ({ steps }: CurveScale, { x, width }: Box, step: number): number => x + (width * step) / steps;

/** One network's error over the run. */
export function paintCurve(
  context: CanvasRenderingContext2D,
  curve: Float32Array,
  scale: CurveScale,
  box: Box,
): void {
  context.beginPath();
  for (let i = 0; i < curve.length; i += 2)
    if (isLoggable(curve[i + 1]!)) context.lineTo(xOf(scale, box, curve[i]!), yOf(scale, box, curve[i + 1]!));
  context.stroke();
}

/** The error of repeating the present value: what is above it has learned nothing. */
function paintPersistence({ context, color }: Drawing, scale: CurveScale, box: Box): void {
  if (!isLoggable(scale.persistence)) return;
  const y = yOf(scale, box, scale.persistence);
  context.save();
  context.setLineDash([4, 3]);
  context.lineWidth = 1;
  context.strokeStyle = color('--floor-persistence');
  context.beginPath();
  context.moveTo(box.x, y);
  context.lineTo(box.x + box.width, y);
  context.stroke();
  context.restore();
}

/** A network's curve as a small picture. */
export function paintTile(drawing: Drawing, curve: Float32Array, scale: CurveScale, box: Box): void {
  const { context, color } = drawing;
  paintPersistence(drawing, scale, box);
  context.lineWidth = 1.75;
  context.lineJoin = context.lineCap = 'round';
  context.strokeStyle = color('--text');
  paintCurve(context, curve, scale, box);
}

const room = { left: 44, right: 10, top: 8, bottom: 20 };

/** One network's curve with axes, in front of all others. */
export function paintDetail(
  drawing: Drawing,
  { curves }: ProgressReport,
  member: number,
  scale: CurveScale,
): void {
  const { context, color, width, height } = drawing;
  const box = {
    x: room.left,
    y: room.top,
    width: width - room.left - room.right,
    height: height - room.top - room.bottom,
  };
  context.font = plotFont;
  context.fillStyle = color('--text-muted');
  context.strokeStyle = color('--line');
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const tick of logTicks(scale.domain)) {
    const y = Math.round(yOf(scale, box, tick)) + 0.5;
    context.beginPath();
    context.moveTo(box.x, y);
    context.lineTo(box.x + box.width, y);
    context.stroke();
    context.fillText(formatTick(tick), box.x - 6, y);
  }
  context.textBaseline = 'top';
  for (const tick of linearTicks(scale.steps)) {
    const label = formatTick(tick);
    const half = context.measureText(label).width / 2;
    context.textAlign = 'center';
    context.fillText(label, Math.min(xOf(scale, box, tick), width - half - 1), box.y + box.height + 6);
  }
  paintPersistence(drawing, scale, box);
  context.lineJoin = context.lineCap = 'round';
  context.globalAlpha = 0.22;
  context.strokeStyle = color('--text-muted');
  for (const [other, curve] of curves.entries()) if (other !== member) paintCurve(context, curve, scale, box);
  context.globalAlpha = 1;
  context.lineWidth = 2;
  context.strokeStyle = color('--prediction');
  paintCurve(context, curves[member]!, scale, box);
}
