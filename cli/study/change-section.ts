import { change } from './change.ts';
import { entries } from './competitors.ts';
import { changesOf, orNever } from './measurements.ts';
import { plotSvg } from './plot.ts';
import { curveWindow, type Result } from './result.ts';
import { colors } from './stream-section.ts';
import { count, median, medianAndWorst, table } from './table.ts';

const runsByName = (results: readonly Result[]) =>
  entries.map(({ name }) => ({ name, runs: changesOf(results, name) })).filter(({ runs }) => runs.length > 0);

/** A row for each predictor: errors before, after and after the way back. */
export function changeTable(results: readonly Result[]): string {
  return table(
    ['predictor', 'RMSE before', 'after', 'back again', 'steps to recover'],
    runsByName(results).map(({ name, runs }) => [
      name,
      medianAndWorst(runs.map(r => r.before)),
      medianAndWorst(runs.map(r => r.after)),
      medianAndWorst(runs.map(r => r.back)),
      medianAndWorst(
        runs.map(r => orNever(r.stepsToRecover)),
        count,
      ),
    ]),
  );
}

export const changePlot = (results: readonly Result[]): string =>
  plotSvg({
    title: change.label,
    xLabel: 'steps',
    yLabel: `RMSE over ${curveWindow} steps`,
    scale: { least: 1e-4 },
    curves: runsByName(results).map(({ name, runs }) => ({
      label: name,
      color: colors[name]!,
      points: runs[0]!.curve.map(
        (_, i) => [(i + 1) * curveWindow, median(runs.map(r => r.curve[i]!))] as const,
      ),
    })),
  });
