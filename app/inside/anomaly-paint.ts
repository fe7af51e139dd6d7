import { anomalyScore, movingMean } from '../../engine/measure/anomaly.ts';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import { linearTicks, logDomain, logTicks, stepsFrom } from '../charts/axis-ticks.ts';
import { formatCount, formatTick, stepTickFormat } from '../charts/figures.ts';
import type { Surface } from '../charts/wave-plot.ts';
import type { LiveSteps } from '../state/live.ts';
import {
  type Axis,
  across,
  type Box,
  type Point,
  paintCaption,
  paintGrid,
  paintLine,
  sharp,
} from './plot.ts';

export const lastSteps = 200;
/** Steps of the moving mean. */
export const meanSteps = 20;

/** Error and anomaly of the last steps, oldest first, and of the whole run. Steps are counted as done. */
export interface Timeline {
  readonly run: {
    readonly error: readonly Point[];
    readonly anomaly: readonly Point[];
    /** Where its axis begins. */
    readonly from: number;
  };
  readonly last: {
    readonly error: readonly Point[];
    readonly anomaly: readonly Point[];
    readonly mean: readonly Point[];
  };
  readonly end: number;
}

/** @param history of the run; its points cover `width` steps each */
export function timelineOf(
  { points, width }: { points: readonly HistoryPoint[]; width: number },
  live: LiveSteps,
  winners: number,
): Timeline {
  const { end } = live;
  const known = points.filter(point => point.step <= end);
  const steps = Array.from(
    { length: Math.max(0, end - Math.max(live.first, end - lastSteps)) },
    (_, i, from = Math.max(live.first, end - lastSteps)) => from + i,
  );
  const anomaly = steps.map(step => anomalyScore(live.bursting[live.at(step)]!, winners));
  const means = movingMean(anomaly, meanSteps);
  return {
    run: {
      error: known.map(({ step, loss }) => ({ x: step, y: Math.sqrt(loss) })),
      anomaly: known.map(({ step, bursting }) => ({ x: step, y: anomalyScore(bursting, winners) })),
      from: stepsFrom(known, width),
    },
    last: {
      error: steps.map(step => ({ x: step + 1, y: Math.sqrt(live.loss[live.at(step)]!) })),
      anomaly: steps.map((step, i) => ({ x: step + 1, y: anomaly[i]! })),
      mean: steps.map((step, i) => ({ x: step + 1, y: means[i]! })),
    },
    end,
  };
}

const room = { left: 52, right: 12, top: 18, gap: 20, across: 18, bottom: 20 };

export interface TimelineBoxes {
  readonly runError: Box;
  readonly runAnomaly: Box;
  readonly lastError: Box;
  readonly lastAnomaly: Box;
}

/** The run on the left, the last steps on the right; errors above, anomaly below. */
export function timelineBoxes(width: number, height: number): TimelineBoxes {
  const half = (width - room.left - room.right - room.across) / 2;
  const each = (height - room.top - room.gap - room.bottom) / 2;
  const box = (column: number, row: number): Box => ({
    x: room.left + column * (half + room.across),
    y: room.top + row * (each + room.gap),
    width: half,
    height: each,
  });
  return { runError: box(0, 0), lastError: box(1, 0), runAnomaly: box(0, 1), lastAnomaly: box(1, 1) };
}

export const lastAxis = (end: number): Axis => ({
  from: end - lastSteps + 1,
  to: end,
  ticks: [
    { at: end - lastSteps / 2, label: `−${lastSteps / 2}` },
    { at: end, label: formatCount(end) },
  ],
});

/** A label of steps and the gap after it, in pixels. */
const labelWidth = 42;

function runAxis(from: number, end: number, width: number): Axis {
  const to = Math.max(end, 1);
  const ticks = linearTicks(to, from);
  const label = stepTickFormat([from, to]);
  const every = Math.max(1, Math.ceil((ticks.length * labelWidth) / width));
  return {
    from,
    to,
    ticks: ticks.filter((_, i) => i % every === 0).map(at => ({ at, label: label(at) })),
  };
}

/** @param marked a step, counted as done, that is looked at */
export function paintTimeline(
  surface: Surface,
  boxes: TimelineBoxes,
  timeline: Timeline,
  marked: number | null,
): void {
  const { context, color } = surface;
  const { run, last, end } = timeline;
  const means = run.error.map(point => point.y);
  const newest = last.error.map(point => point.y);
  // Single steps may happen to hit; what that does to a logarithm is of no interest.
  const low = [...newest].sort((a, b) => a - b)[newest.length >> 2] ?? 0;
  const [least, most] = logDomain([...means, low, ...newest.filter(value => value > low)]);
  const error: Axis = {
    from: least,
    to: most,
    log: true,
    ticks: logTicks([least, most]).map(at => ({ at, label: formatTick(at) })),
  };
  const anomaly: Axis = { from: 0, to: 1, ticks: [0, 0.5, 1].map(at => ({ at, label: formatTick(at) })) };
  const [whole, lately] = [runAxis(run.from, run.error.at(-1)?.x ?? 1, boxes.runError.width), lastAxis(end)];
  const bare = (axis: Axis): Axis => ({ ...axis, ticks: axis.ticks.map(({ at }) => ({ at, label: '' })) });
  paintGrid(surface, boxes.runError, bare(whole), error);
  paintGrid(surface, boxes.lastError, bare(lately), bare(error));
  paintGrid(surface, boxes.runAnomaly, whole, anomaly);
  paintGrid(surface, boxes.lastAnomaly, lately, bare(anomaly));
  paintCaption(surface, { x: boxes.runError.x, y: 0 }, 'whole run, means');
  paintCaption(surface, { x: boxes.lastError.x, y: 0 }, `last ${lastSteps} steps`);

  paintLine(surface, boxes.runError, whole, error, { color: '--error', points: run.error });
  paintLine(surface, boxes.lastError, lately, error, { color: '--error', points: last.error, width: 1.25 });
  paintLine(surface, boxes.runAnomaly, whole, anomaly, { color: '--cell-burst', points: run.anomaly });
  const box = boxes.lastAnomaly;
  context.fillStyle = color('--cell-burst');
  context.globalAlpha = 0.55;
  const pitch = box.width / lastSteps;
  for (const { x, y } of last.anomaly)
    context.fillRect(
      across(box, lately, x) - pitch / 2,
      box.y + box.height * (1 - y),
      Math.max(pitch, 1),
      box.height * y,
    );
  context.globalAlpha = 1;
  paintLine(surface, box, lately, anomaly, { color: '--text', points: last.mean, width: 1.5 });
  if (marked === null) return;
  context.strokeStyle = color('--text-muted');
  context.lineWidth = 1;
  for (const plot of [boxes.lastError, boxes.lastAnomaly]) {
    const x = sharp(across(plot, lately, marked));
    context.beginPath();
    context.moveTo(x, plot.y);
    context.lineTo(x, plot.y + plot.height);
    context.stroke();
  }
}
