import { formatCount, formatShare } from '../charts/figures.ts';
import { plotFont, type Surface } from '../charts/wave-plot.ts';
import { gridFor } from '../heatmap/duty.ts';
import type { Comparison, OverlapCurves } from './overlap.ts';
import { type Axis, across, type Box, paintGrid, paintLine, sharp, upwards } from './plot.ts';

export const overlapMarks = [
  { name: 'both', color: '--cell-correct' },
  { name: 'now', color: '--winner' },
  { name: 'before', color: '--cell-predictive' },
] as const;

type MarkName = (typeof overlapMarks)[number]['name'];

/** Solid where two steps meet; an open square of now alone; a cross of then alone. */
function paintMark({ context, color }: Surface, name: MarkName, x: number, y: number, size: number): void {
  const mark = overlapMarks.find(m => m.name === name)!;
  context.fillStyle = context.strokeStyle = color(mark.color);
  context.lineWidth = size > 7 ? 2 : 1.5;
  const half = size / 2;
  if (name === 'both') context.fillRect(x - half, y - half, size, size);
  else if (name === 'now') context.strokeRect(x - half + 0.75, y - half + 0.75, size - 1.5, size - 1.5);
  else {
    const arm = half * 0.8;
    context.beginPath();
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x + arm, y - arm);
    context.lineTo(x - arm, y + arm);
    context.stroke();
  }
}

/** Two representations in one grid of all `count` units, beside a title. @param nothing says why there is none */
export function paintComparison(
  surface: Surface,
  box: Box,
  title: string,
  count: number,
  comparison: Comparison | null,
  nothing: string,
): void {
  const { context, color } = surface;
  context.font = plotFont;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillStyle = color('--text-muted');
  // A phone's half is narrower than some titles.
  context.fillText(title, box.x, box.y, box.width);
  const top = box.y + 17;
  // Wider than high, as the panel is.
  const rows = Math.max(1, Math.round(Math.sqrt((count * (box.height - 17)) / box.width)));
  const columns = rows > 1 ? Math.ceil(count / rows) : gridFor(count).across;
  const pitch = Math.min(box.width / columns, (box.height - 17) / Math.ceil(count / columns));
  context.fillStyle = color('--surface-sunken');
  context.fillRect(box.x, top, columns * pitch, Math.ceil(count / columns) * pitch);
  if (!comparison) {
    context.fillStyle = color('--text-muted');
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(nothing, box.x + box.width / 2, top + (box.height - 17) / 2);
    return;
  }
  const size = Math.max(Math.min(pitch, 14), 5);
  const now = new Set(comparison.now);
  const before = new Set(comparison.before);
  const place = (unit: number) =>
    [box.x + ((unit % columns) + 0.5) * pitch, top + (Math.floor(unit / columns) + 0.5) * pitch] as const;
  for (const unit of before) if (!now.has(unit)) paintMark(surface, 'before', ...place(unit), size);
  for (const unit of now) paintMark(surface, before.has(unit) ? 'both' : 'now', ...place(unit), size);
}

const room = { left: 40, right: 10, top: 6, bottom: 20 };

export const curveBox = (width: number, height: number): Box => ({
  x: room.left,
  y: room.top,
  width: width - room.left - room.right,
  height: height - room.top - room.bottom,
});

/** Steps back, from the oldest on the left to now, or the moment that is looked back at, on the right. */
export const backAxis = (span: number, now = 'now'): Axis => ({
  from: -span,
  to: 0,
  ticks: [0, 0.25, 0.5, 0.75, 1].map(share => ({
    at: -span * (1 - share),
    label: share === 1 ? now : `−${formatCount(span * (1 - share))}`,
  })),
});

const shareAxis: Axis = {
  from: 0,
  to: 1,
  ticks: [0, 0.5, 1].map(at => ({ at, label: formatShare(at) })),
};

export const curveLines = [
  { name: 'columns', label: 'winning columns', color: '--winner', width: 1.25, dash: [4, 3] },
  { name: 'cells', label: 'active cells', color: '--cell-correct', width: 1.75, dash: [] },
] as const;

/** How alike now and each of the last steps are, with the step that is compared. */
export function paintCurves(
  surface: Surface,
  box: Box,
  curves: OverlapCurves,
  span: number,
  back: number,
  now: string,
): void {
  const { context, color } = surface;
  const axis = backAxis(span, now);
  paintGrid(surface, box, axis, shareAxis);
  for (const { name, color: stroke, width, dash } of curveLines)
    paintLine(surface, box, axis, shareAxis, {
      color: stroke,
      width,
      dash,
      points: curves[name].slice(0, span + 1).map((y, n) => ({ x: -n, y })),
    });
  if (back > span) return;
  const x = across(box, axis, -back);
  context.strokeStyle = context.fillStyle = color('--text');
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(sharp(x), box.y);
  context.lineTo(sharp(x), box.y + box.height);
  context.stroke();
  for (const { name } of curveLines) {
    const share = curves[name][back];
    if (share === undefined || Number.isNaN(share)) continue;
    context.beginPath();
    context.arc(x, upwards(box, shareAxis, share), 3.5, 0, 2 * Math.PI);
    context.fill();
  }
}
