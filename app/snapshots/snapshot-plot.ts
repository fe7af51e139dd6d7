import { type Milestone, milestoneLength } from '../../engine/measure/run-measure.ts';
import type { NetworkConfig, SignalConfig } from '../../engine/model/config.ts';
import { formatAccuracy, formatCount, formatError, formatRatio, formatShare } from '../charts/figures.ts';
import { paintRaster, paintRasterAxes, type Raster, rasterFrame } from '../charts/raster-plot.ts';
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

/** What all of a run's snapshots are drawn on: the same, so that they can be compared. */
export interface ValueAxis {
  /** wave: a value in time, within the bound. raster: a row for each symbol. */
  readonly kind: 'wave' | 'raster';
  readonly bound: number;
  readonly peak: number;
}

/** Steps that there is room for where each has a column. */
export const rasterLength = 40;

/** The signal's own axis, or a larger one where the signal was larger when a snapshot was taken. */
export function valueAxisOf(signal: SignalConfig, milestones: readonly Milestone[]): ValueAxis {
  let largest = 0;
  for (const { target } of milestones)
    for (const value of target) largest = Math.max(largest, Math.abs(value));
  return {
    kind: signal.wave === 'highOrder' ? 'raster' : 'wave',
    bound: Math.max(boundOf(signal), largest * 1.05),
    peak: signal.amplitude,
  };
}

/** Paints the axes of a snapshot at `step`, and what it holds if it was taken: the same on the page and in a file. */
export function paintSnapshot(
  surface: Surface,
  box: Box,
  axis: ValueAxis,
  step: number,
  milestone: Milestone | undefined,
): void {
  surface.context.save();
  surface.context.translate(box.x, box.y);
  if (axis.kind === 'raster') {
    const frame = rasterFrame(box.width, box.height, step, rasterLength);
    paintRasterAxes(surface, frame, stepTicks(frame, false));
    if (milestone) paintRaster(surface, frame, rasterOf(milestone, axis.peak));
  } else {
    const frame: WaveFrame = {
      x: axisRoom.left,
      y: axisRoom.top,
      width: box.width - axisRoom.left - axisRoom.right,
      height: box.height - axisRoom.top - axisRoom.bottom,
      last: step,
      span: milestoneLength,
      bound: axis.bound,
    };
    paintAxes(surface, frame, stepTicks(frame, false), axis.peak);
    if (milestone) paintWave(surface, frame, waveOf(milestone));
  }
  surface.context.restore();
}

/** Steps that a snapshot holds. */
export const lengthOf = ({ target, inputs }: Milestone): number => target.length / inputs;

/** The first channel. */
function waveOf(milestone: Milestone): Wave {
  const { step, inputs, target, prediction } = milestone;
  const from = step - lengthOf(milestone) + 1;
  return {
    from,
    to: step,
    target: s => target[(s - from) * inputs]!,
    prediction: s => prediction[(s - from) * inputs]!,
  };
}

function rasterOf(milestone: Milestone, amplitude: number): Raster {
  const { step, target, prediction } = milestone;
  const from = step - lengthOf(milestone) + 1;
  return { from, to: step, target, prediction, row: s => s - from, amplitude };
}

export interface Figure {
  readonly label: string;
  /** Where there is little room. */
  readonly short: string;
  readonly value: string;
}

/** What is said of a snapshot. */
export function figuresOf({ summary }: Milestone, { columns }: NetworkConfig): Figure[] {
  const { rmse, ratio, columnsInUse, burstRate, accuracy } = summary;
  return [
    accuracy
      ? { label: 'right on D or Y', short: 'D or Y', value: formatAccuracy(accuracy.ambiguous) }
      : { label: 'RMSE', short: 'RMSE', value: formatError(rmse) },
    { label: 'of persistence', short: 'ratio', value: ratio === null ? '–' : formatRatio(ratio) },
    {
      label: `of ${formatCount(columns)} columns used`,
      short: 'columns',
      value: formatCount(columnsInUse),
    },
    { label: 'of winners burst', short: 'bursts', value: formatShare(burstRate) },
  ];
}
