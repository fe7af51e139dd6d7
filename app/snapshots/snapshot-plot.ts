import { type Milestone, milestoneLength } from '../../engine/measure/run-measure.ts';
import type { NetworkConfig, SignalConfig } from '../../engine/model/config.ts';
import { formatCount, formatError, formatRatio, formatShare } from '../charts/figures.ts';
import {
  axisRoom,
  boundOf,
  paintAxes,
  paintWave,
  type Surface,
  stepTicks,
  type Wave,
  type WaveFrame,
} from '../charts/wave-plot.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Value axis for all of a run's snapshots: the same, so that they can be compared. */
export interface ValueAxis {
  readonly bound: number;
  readonly peak: number;
}

/** The signal's own axis, or a larger one where the signal was larger when a snapshot was taken. */
export function valueAxisOf(signal: SignalConfig, milestones: readonly Milestone[]): ValueAxis {
  let largest = 0;
  for (const { target } of milestones)
    for (const value of target) largest = Math.max(largest, Math.abs(value));
  return { bound: Math.max(boundOf(signal), largest * 1.05), peak: signal.amplitude };
}

/** Paints the axes of a snapshot at `step`, and what it holds if it was taken: the same on the page and in a file. */
export function paintSnapshot(
  surface: Surface,
  box: Box,
  axis: ValueAxis,
  step: number,
  milestone: Milestone | undefined,
): void {
  const frame: WaveFrame = {
    x: axisRoom.left,
    y: axisRoom.top,
    width: box.width - axisRoom.left - axisRoom.right,
    height: box.height - axisRoom.top - axisRoom.bottom,
    last: step,
    span: milestoneLength,
    bound: axis.bound,
  };
  surface.context.save();
  surface.context.translate(box.x, box.y);
  paintAxes(surface, frame, stepTicks(frame, false), axis.peak);
  if (milestone) paintWave(surface, frame, waveOf(milestone));
  surface.context.restore();
}

function waveOf({ step, target, prediction }: Milestone): Wave {
  const from = step - target.length + 1;
  return {
    from,
    to: step,
    target: s => target[s - from]!,
    prediction: s => prediction[s - from]!,
  };
}

export interface Figure {
  readonly label: string;
  /** Where there is little room. */
  readonly short: string;
  readonly value: string;
}

/** What is said of a snapshot. */
export function figuresOf({ summary }: Milestone, { columns }: NetworkConfig): Figure[] {
  const { rmse, ratio, columnsInUse, burstRate } = summary;
  return [
    { label: 'RMSE', short: 'RMSE', value: formatError(rmse) },
    { label: 'of persistence', short: 'ratio', value: ratio === null ? '–' : formatRatio(ratio) },
    {
      label: `of ${formatCount(columns)} columns used`,
      short: 'columns',
      value: formatCount(columnsInUse),
    },
    { label: 'of winners burst', short: 'bursts', value: formatShare(burstRate) },
  ];
}
