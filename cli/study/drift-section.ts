import { type DriftProgress, driftRuns, fullLengths } from './drift-run.ts';
import { plotSvg } from './plot.ts';
import { count, figure, table } from './table.ts';

/** The largest error of any window, as a multiple of the first. */
export const mostDrift = ({ rmse, bad }: DriftProgress): number =>
  bad > 0 ? Number.NaN : Math.max(...rmse) / rmse[0]!;

/** The tensor that grew most, and how often it is its first size. What began at nothing has no size to grow from. */
export function mostGrowth({ growth }: DriftProgress): { tensor: string; times: number } {
  const all = Object.entries(growth)
    .filter(([, { start }]) => start !== 0)
    .map(([tensor, { start, most }]) => ({ tensor, times: most / start }));
  return all.reduce((a, b) => (b.times > a.times ? b : a));
}

/** Growth of the process's memory, the most of any process that had a part in it. */
export const memoryGrowth = ({ memory }: DriftProgress): number =>
  Math.max(...memory.map(({ start, end }) => end / start));

export function driftTable(runs: readonly DriftProgress[]): string {
  const labels = new Map(driftRuns.map(r => [r.name, r.label]));
  return table(
    [
      'run',
      'steps',
      'RMSE of the first window',
      'worst window, times the first',
      'no number',
      'tensor that grew most',
      'times',
      'memory, MB',
    ],
    runs.map(run => {
      const { tensor, times } = mostGrowth(run);
      return [
        labels.get(run.name)!,
        run.done === fullLengths.steps
          ? count(run.done)
          : `${count(run.done)} of ${count(fullLengths.steps)}`,
        figure(run.rmse[0]!),
        figure(mostDrift(run)),
        String(run.bad),
        `\`${tensor}\``,
        figure(times),
        run.memory.map(({ start, end }) => `${start} to ${end}`).join(', '),
      ];
    }),
  );
}

const colors = ['#c2410c', '#f59e0b', '#1e3a8a', '#3b82f6', '#15803d', '#86a313', '#7e22ce', '#db2777'];

export const driftPlot = (runs: readonly DriftProgress[]): string =>
  plotSvg({
    title: 'A million steps after the first 20,000',
    xLabel: 'steps',
    yLabel: `RMSE over ${count(fullLengths.window)} steps`,
    scale: { least: 1e-5 },
    curves: driftRuns.flatMap(({ name, label }, i) => {
      const run = runs.find(r => r.name === name);
      if (!run) return [];
      const points = run.rmse.map((e, window) => [(window + 1) * fullLengths.window, e] as const);
      return [{ label, color: colors[i]!, points }];
    }),
  });
