import type { UsePoint } from '../../engine/measure/column-use.ts';
import { linearTicks, stepsFrom } from '../charts/axis-ticks.ts';
import { formatCount, formatShare, formatTick, stepTickFormat } from '../charts/figures.ts';
import type { Surface } from '../charts/wave-plot.ts';
import { type Axis, across, type Box, paintCaption, paintGrid, paintLine, sharp, upwards } from './plot.ts';

const room = { left: 44, right: 12, top: 6, gap: 34, bottom: 20 };

/** Where the two plots of this panel stand: sorted duty cycles above, entropy over the run below. */
export function plotBoxes(width: number, height: number): { duty: Box; entropy: Box } {
  const each = (height - room.top - room.gap - room.bottom) / 2;
  const box = { x: room.left, width: width - room.left - room.right, height: each };
  return { duty: { ...box, y: room.top }, entropy: { ...box, y: room.top + each + room.gap } };
}

const dutyTops = [0.02, 0.05, 0.1, 0.2, 0.5];

/** @param sorted duty cycles, the largest first. @param marked the place among them that is looked at */
export function paintDutyRanks(
  surface: Surface,
  box: Box,
  sorted: Float32Array,
  fairShare: number,
  marked: number | null,
): void {
  const { context, color } = surface;
  const top = dutyTops.find(most => most >= Math.max(sorted[0] ?? 0, 1.5 * fairShare)) ?? 1;
  const count = sorted.length;
  const x: Axis = {
    from: 0,
    to: count,
    ticks: [0, Math.round(count / 2), count].map(at => ({ at, label: formatCount(at) })),
  };
  const y: Axis = { from: 0, to: top, ticks: [0, top / 2, top].map(at => ({ at, label: formatShare(at) })) };
  paintGrid(surface, box, x, y);
  context.fillStyle = color('--winner');
  const pitch = box.width / count;
  sorted.forEach((duty, rank) => {
    if (duty === 0) return;
    const at = upwards(box, y, duty);
    context.fillRect(
      box.x + rank * pitch,
      at,
      Math.max(pitch - (pitch > 3 ? 1 : 0), 0.75),
      box.y + box.height - at,
    );
  });
  const level = sharp(upwards(box, y, fairShare));
  context.strokeStyle = color('--text');
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(box.x, level);
  context.lineTo(box.x + box.width, level);
  context.stroke();
  context.setLineDash([]);
  const text = `fair share ${formatShare(fairShare)}`;
  paintCaption(surface, { x: box.x + box.width - context.measureText(text).width, y: level - 15 }, text);
  if (marked === null) return;
  context.strokeStyle = color('--text');
  context.strokeRect(box.x + marked * pitch - 0.5, box.y, Math.max(pitch, 1) + 1, box.height);
}

export const entropyLines = [
  { name: 'entropy', color: '--prediction', dash: [] },
  { name: 'inUse', color: '--cell-predictive', dash: [5, 3] },
] as const;

/** Entropy of the columns' use and the share of columns in use, over the run. */
export function paintEntropy(surface: Surface, box: Box, points: readonly UsePoint[], columns: number): void {
  const last = points.at(-1)?.step ?? 1;
  const first = points[0]?.step ?? 0;
  const from = stepsFrom(points, (points[1]?.step ?? 2 * first) - first);
  const label = stepTickFormat([from, last]);
  const x: Axis = { from, to: last, ticks: linearTicks(last, from).map(at => ({ at, label: label(at) })) };
  const y: Axis = { from: 0, to: 1, ticks: [0, 0.5, 1].map(at => ({ at, label: formatTick(at) })) };
  paintGrid(surface, box, x, y);
  const values = { entropy: (p: UsePoint) => p.entropy, inUse: (p: UsePoint) => p.inUse / columns };
  for (const { name, color, dash } of entropyLines)
    paintLine(surface, box, x, y, {
      color,
      dash,
      points: points.map(point => ({ x: point.step, y: values[name](point) })),
    });
  const newest = points.at(-1);
  if (!newest) return;
  const { context } = surface;
  context.fillStyle = surface.color('--prediction');
  context.beginPath();
  context.arc(across(box, x, newest.step), upwards(box, y, newest.entropy), 3, 0, 2 * Math.PI);
  context.fill();
}
