import { deepHtm, entries } from './competitors.ts';
import { wavesOf } from './measurements.ts';
import { type Curve, plotSvg } from './plot.ts';
import { curveWindow, freeRunSteps, milestones, type Result } from './result.ts';
import { figure, median, medianAndWorst, percent, percentOrNone, table, worst } from './table.ts';

export interface StudiedStream {
  name: string;
  label: string;
  noMemory: number;
}

export const colors: Record<string, string> = {
  DeepHTM: '#c2410c',
  'DeepHTM without context': '#f59e0b',
  Persistence: '#6b7280',
  'AR(2), least squares': '#93c5fd',
  'AR(4), least squares': '#3b82f6',
  'AR(8), least squares': '#1e3a8a',
  'AR(4), forgetting': '#7c3aed',
  'GRU, 64 units': '#15803d',
  'GRU, 64 units, constant rate': '#84cc16',
};
const thousands = milestones.map(m => `${m / 1000}k`);
const names = entries.map(e => e.name);

const runsOn = (results: readonly Result[], stream: string) =>
  names.map(name => ({ name, runs: wavesOf(results, stream, name) })).filter(({ runs }) => runs.length > 0);

/** A row for each predictor: errors while it learns. */
export function errorTable(results: readonly Result[], { name: stream, noMemory }: StudiedStream): string {
  const rows = runsOn(results, stream).map(({ name, runs }) => [
    name,
    ...milestones.map((_, i) => figure(median(runs.map(r => r.rmse[i]!)))),
    ...milestones.map((_, i) => medianAndWorst(runs.map(r => r.ratio[i]!))),
  ]);
  const persistence = wavesOf(results, stream, 'Persistence');
  rows.push([
    'Best without memory',
    ...milestones.map(() => figure(noMemory)),
    ...milestones.map((_, i) => figure(noMemory / median(persistence.map(r => r.rmse[i]!)))),
  ]);
  return table(['predictor', ...thousands.map(k => `RMSE ${k}`), ...thousands.map(k => `ratio ${k}`)], rows);
}

/** A row for each predictor: what it can do once it has stopped to learn. */
export function stillTable(results: readonly Result[], { name: stream }: StudiedStream): string {
  const runsByName = runsOn(results, stream);
  const hasPeriod = runsByName.some(({ runs }) => runs.some(r => r.periodError !== null));
  const rows = runsByName.map(({ name, runs }) => [
    name,
    medianAndWorst(runs.map(r => r.weightsStillRatio)),
    medianAndWorst(runs.map(r => r.frozenRatio)),
    ...freeRunSteps.map((_, i) => medianAndWorst(runs.map(r => r.freeRun[i]!))),
    medianAndWorst(
      runs.map(r => r.amplitudeError),
      percentOrNone,
    ),
    ...(hasPeriod
      ? [
          medianAndWorst(
            runs.map(r => r.periodError!),
            percentOrNone,
          ),
        ]
      : []),
  ]);
  return table(
    [
      'predictor, after 10,000 steps',
      'weights still',
      'frozen',
      ...freeRunSteps.map(n => `free run ${n}`),
      'amplitude off',
      ...(hasPeriod ? ['period off'] : []),
    ],
    rows,
  );
}

/** How DeepHTM uses its columns on each stream. */
export function columnTable(results: readonly Result[], streams: readonly StudiedStream[]): string {
  return table(
    ['stream', 'columns in use', 'fewest', 'entropy', 'bursting winners', 'worst'],
    streams.map(({ name, label }) => {
      const use = wavesOf(results, name, deepHtm).map(r => r.columns!);
      const bursts = use.map(c => c.burstRate);
      return [
        label,
        `${median(use.map(c => c.inUse))} of 256`,
        String(Math.min(...use.map(c => c.inUse))),
        figure(median(use.map(c => c.entropy))),
        percent(median(bursts)),
        percent(worst(bursts)),
      ];
    }),
  );
}

/** Median learning curves of all predictors. */
export function streamPlot(
  results: readonly Result[],
  { name: stream, label, noMemory }: StudiedStream,
): string {
  const curves: Curve[] = runsOn(results, stream).map(({ name, runs }) => ({
    label: name,
    color: colors[name]!,
    points: runs[0]!.curve.map(
      (_, i) => [(i + 1) * curveWindow, median(runs.map(r => r.curve[i]!))] as const,
    ),
  }));
  const end = curves[0]!.points.at(-1)![0];
  curves.push({
    label: 'Best without memory',
    color: '#111827',
    dashed: true,
    points: [
      [0, noMemory],
      [end, noMemory],
    ],
  });
  return plotSvg({
    title: label,
    xLabel: 'steps',
    yLabel: `RMSE over ${curveWindow} steps`,
    scale: { least: 1e-4 },
    curves,
  });
}
