import { isAmbiguous, symbols } from '../../engine/data/symbols.ts';
import { live } from '../state/live.ts';
import { AccuracyFigures } from './AccuracyFigures.tsx';
import { formatCount, formatValue } from './figures.ts';
import { RasterLegend } from './RasterLegend.tsx';
import { cameAt, missedAt, paintRaster, paintRasterAxes, type Raster, rasterFrame } from './raster-plot.ts';
import type { StripView } from './strip-view.ts';

const rasterNow = (amplitude: number): Raster => ({
  from: live.steps.first + 1,
  to: live.steps.end,
  target: live.steps.targetRows,
  prediction: live.steps.predictionRows,
  row: step => live.steps.at(step - 1),
  amplitude,
});

/** The two symbols that were expected most, with their values: "Y 0.712, D 0.240". */
function expectationOf({ prediction, row }: Raster, step: number): string {
  return symbols
    .map((symbol, i) => ({ symbol, value: prediction[row(step) * symbols.length + i]! }))
    .sort((a, b) => b.value - a.value)
    .slice(0, 2)
    .map(({ symbol, value }) => `${symbol} ${formatValue(value)}`)
    .join(', ');
}

/** Symbols: a row for each, what came on what was expected. */
export const symbolView: StripView = {
  subtitle: () => 'A column is a step. C is the same after A and X; what follows it is not.',
  spans: ['40', '80', '160'],
  firstSpan: '40',
  // A picture ends on the last symbol of a sequence.
  holdAfter: -1,
  frame: ({ width, height }, last, span) => rasterFrame(width, height, last, span),
  paintAxes: paintRasterAxes,
  paintSteps: (drawing, frame, { amplitude }) => paintRaster(drawing, frame, rasterNow(amplitude)),
  readout(step, { amplitude }) {
    const raster = rasterNow(amplitude);
    return [`Came ${symbols[cameAt(raster, step)]}`, `Expected ${expectationOf(raster, step)}`];
  },
  describe(from, to, { amplitude }) {
    const raster = rasterNow(amplitude);
    let ambiguous = 0;
    let missed = 0;
    for (let step = from; step <= to; step++) {
      if (isAmbiguous(cameAt(raster, step))) ambiguous++;
      if (missedAt(raster, step)) missed++;
    }
    return (
      `Expected symbols against those that came, steps ${formatCount(from)} to ${formatCount(to)}: ` +
      `of ${formatCount(ambiguous)} times that D or Y came, it was ${formatCount(missed)} times not what was expected most.`
    );
  },
  Legend: RasterLegend,
  Figures: AccuracyFigures,
};
