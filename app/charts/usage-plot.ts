import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import type { Drawing } from '../shared/canvas.ts';
import { linearTicks } from './axis-ticks.ts';
import { formatCount, formatShare, stepTickFormat } from './figures.ts';
import { momentDash } from './moment-dash.ts';
import { plotFont } from './wave-plot.ts';

/** A line over the run. */
export interface UsageLine {
  color: string;
  /** The top of its axis, which begins at 0. */
  most: number;
  value: (point: HistoryPoint) => number;
  label: (value: number) => string;
  /** A level to compare with. */
  level?: number;
}

const burstAxes = [0.05, 0.1, 0.2, 0.5];

/** Columns in use of all there are, and the share of winners that burst, which is soon small. */
export const usageLines = (
  points: readonly HistoryPoint[],
  columns: number,
  winners: number,
): UsageLine[] => [
  {
    color: '--winner',
    most: columns,
    value: point => point.columns,
    label: formatCount,
    level: winners,
  },
  {
    color: '--cell-burst',
    most: burstAxes.find(most => points.every(p => p.bursting / winners <= most)) ?? 1,
    value: point => point.bursting / winners,
    label: formatShare,
  },
];

/** As wide as in the charts of error and loss, so that all steps stand below each other. */
const room = { left: 44, right: 10, top: 8, bottom: 20 };
const gap = 20;

/**
 * One plot on another, over one axis of steps.
 * @param from where the axis begins
 * @param moment steps done at a moment of the past to be marked, or null
 */
export function paintUsage(
  { context, color, width, height }: Drawing,
  points: readonly HistoryPoint[],
  from: number,
  lines: readonly UsageLine[],
  moment: number | null,
): void {
  const last = points.at(-1)!.step;
  const plotWidth = width - room.left - room.right;
  const each = (height - room.top - room.bottom - gap * (lines.length - 1)) / lines.length;
  const x = (step: number) => room.left + (plotWidth * (step - from)) / (last - from);
  const sharp = (at: number) => Math.round(at) + 0.5;
  context.font = plotFont;
  context.lineWidth = 1;

  context.textAlign = 'center';
  context.textBaseline = 'top';
  const labelOf = stepTickFormat([from, last]);
  for (const step of linearTicks(last, from)) {
    const label = labelOf(step);
    const half = context.measureText(label).width / 2;
    context.strokeStyle = color('--line');
    context.beginPath();
    context.moveTo(sharp(x(step)), room.top);
    context.lineTo(sharp(x(step)), height - room.bottom);
    context.stroke();
    context.fillStyle = color('--text-muted');
    context.fillText(label, Math.min(x(step), width - 1 - half), height - room.bottom + 6);
  }

  lines.forEach((line, i) => {
    const top = room.top + i * (each + gap);
    const y = (value: number) => top + each * (1 - value / line.most);
    const level = (value: number, name: string) => {
      context.strokeStyle = color(name);
      context.beginPath();
      context.moveTo(room.left, sharp(y(value)));
      context.lineTo(room.left + plotWidth, sharp(y(value)));
      context.stroke();
    };
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillStyle = color('--text-muted');
    for (const value of [0, line.most / 2, line.most]) {
      level(value, '--line');
      context.fillText(line.label(value), room.left - 6, y(value));
    }
    if (line.level !== undefined) {
      context.setLineDash([3, 3]);
      level(line.level, '--text-muted');
      context.setLineDash([]);
    }

    context.strokeStyle = color(line.color);
    context.lineWidth = 1.75;
    context.lineJoin = 'round';
    context.beginPath();
    let pen = false;
    for (const point of points) {
      const value = line.value(point);
      if (!Number.isFinite(value)) pen = false;
      else if (pen) context.lineTo(x(point.step), y(value));
      else {
        context.moveTo(x(point.step), y(value));
        pen = true;
      }
    }
    context.stroke();
    context.lineWidth = 1;
  });

  if (moment === null) return;
  const at = Math.min(Math.max(x(moment), room.left), room.left + plotWidth);
  context.strokeStyle = color('--moment');
  context.lineWidth = 1.5;
  context.setLineDash(momentDash);
  context.beginPath();
  context.moveTo(at, room.top);
  context.lineTo(at, height - room.bottom);
  context.stroke();
  context.setLineDash([]);
  context.font = `600 ${plotFont}`;
  context.textBaseline = 'top';
  const right = at > room.left + plotWidth / 2;
  context.textAlign = right ? 'right' : 'left';
  context.lineWidth = 3;
  context.strokeStyle = color('--surface');
  const label = `step ${formatCount(moment)}`;
  const place = [at + (right ? -5 : 5), room.top + each + 3] as const;
  context.strokeText(label, ...place);
  context.fillStyle = color('--moment');
  context.fillText(label, ...place);
}
