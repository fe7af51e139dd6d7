import type { SignalConfig } from '../../engine/model/config.ts';
import { live } from '../state/live.ts';
import { formatCount, formatError, formatValue } from './figures.ts';
import type { StripView } from './strip-view.ts';
import { WaveLegend } from './WaveLegend.tsx';
import {
  axisRoom,
  boundOf,
  paintAxes,
  paintNewest,
  paintWave,
  type StepFrame,
  type Wave,
  type WaveFrame,
} from './wave-plot.ts';

/** At 200 steps across, "the same again" looks like a good prediction. */
const caution = 'Looking right proves nothing: see the error.';

const target = (step: number) => live.steps.target[live.steps.at(step - 1)]!;
const prediction = (step: number) => live.steps.prediction[live.steps.at(step - 1)]!;
const waveNow = (): Wave => ({ from: live.steps.first + 1, to: live.steps.end, target, prediction });

const bounded = (frame: StepFrame, signal: SignalConfig): WaveFrame => ({ ...frame, bound: boundOf(signal) });

/** The first channel: the actual value as a broad line, the predicted one as a fine one on it. */
export const waveView: StripView = {
  subtitle: inputs => (inputs > 1 ? `Channel 1 of ${inputs}. ${caution}` : caution),
  spans: ['100', '200', '500'],
  firstSpan: '200',
  holdAfter: 0,
  frame: ({ width, height }, last, span) => ({
    x: axisRoom.left,
    y: axisRoom.top,
    width: width - axisRoom.left - axisRoom.right,
    height: height - axisRoom.top - axisRoom.bottom,
    last,
    span,
  }),
  paintAxes: (drawing, frame, ticks, signal) =>
    paintAxes(drawing, bounded(frame, signal), ticks, signal.amplitude),
  paintSteps(drawing, frame, signal) {
    paintWave(drawing, bounded(frame, signal), waveNow());
    paintNewest(drawing, bounded(frame, signal), waveNow());
  },
  readout: step => [
    `Actual ${formatValue(target(step))}`,
    `Predicted ${formatValue(prediction(step))}`,
    `Off by ${formatValue(Math.abs(prediction(step) - target(step)))}`,
  ],
  describe(from, to, { amplitude }) {
    let squares = 0;
    for (let step = from; step <= to; step++) squares += (target(step) - prediction(step)) ** 2;
    const rmse = Math.sqrt(squares / (to - from + 1));
    return (
      `Predicted against actual value, steps ${formatCount(from)} to ${formatCount(to)}: ` +
      `the prediction is off by ${formatError(rmse)} (root mean square) on a wave of amplitude ${amplitude}.`
    );
  },
  Legend: WaveLegend,
};
