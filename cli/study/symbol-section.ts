import { entries } from './competitors.ts';
import { highOrder } from './high-order.ts';
import { orNever, symbolsOf } from './measurements.ts';
import { plotSvg } from './plot.ts';
import type { Result } from './result.ts';
import { colors } from './stream-section.ts';
import { count, median, medianAndWorst, percent, table } from './table.ts';

const runsByName = (results: readonly Result[]) =>
  entries.map(({ name }) => ({ name, runs: symbolsOf(results, name) })).filter(({ runs }) => runs.length > 0);

/** A row for each predictor: whether and when it tells D from Y. */
export function symbolTable(results: readonly Result[]): string {
  return table(
    ['predictor', 'right at 5,000', 'worst', 'symbols until 99%', 'after the swap'],
    runsByName(results).map(({ name, runs }) => {
      const accuracy = runs.map(r => r.accuracy);
      const symbols = (values: (number | null)[]) => medianAndWorst(values.map(orNever), count);
      return [
        name,
        percent(median(accuracy)),
        percent(Math.min(...accuracy)),
        symbols(runs.map(r => r.symbolsToLearn)),
        symbols(runs.map(r => r.symbolsToRecover)),
      ];
    }),
  );
}

export const symbolPlot = (results: readonly Result[]): string =>
  plotSvg({
    title: 'High-order sequences; the endings are swapped at 5,000',
    xLabel: 'symbols',
    yLabel: 'D and Y predicted',
    scale: 'share',
    curves: runsByName(results).map(({ name, runs }) => ({
      label: name,
      color: colors[name]!,
      points: runs[0]!.curve.map(
        (_, i) => [(i + 1) * highOrder.curveWindow, median(runs.map(r => r.curve[i]!))] as const,
      ),
    })),
  });
