import { type Curve, plotSvg } from './plot.ts';
import { curveWindow, freeRunSteps, milestones, type Result } from './result.ts';
import { figure, median, medianAndWorst, percent, table } from './table.ts';

export interface StudiedStream {
  name: string;
  label: string;
  noMemory: number;
  results: readonly Result[];
}

const order = [
  'DeepHTM',
  'Persistence',
  'AR(2), least squares',
  'AR(4), least squares',
  'AR(8), least squares',
  'GRU, 64 units',
];
const colors: Record<string, string> = {
  DeepHTM: '#c2410c',
  Persistence: '#6b7280',
  'AR(2), least squares': '#93c5fd',
  'AR(4), least squares': '#3b82f6',
  'AR(8), least squares': '#1e3a8a',
  'GRU, 64 units': '#15803d',
};
const thousands = milestones.map(m => `${m / 1000}k`);
const command = (text: string) => `\`\`\`sh\n${text}\n\`\`\``;

const of = (stream: StudiedStream, predictor: string) =>
  stream.results.filter(r => r.predictor === predictor);
const predictorsOf = (stream: StudiedStream) => order.filter(name => of(stream, name).length > 0);

/** A row for each predictor: errors while learning, frozen, and on its own predictions. */
export function streamTable(stream: StudiedStream): string {
  const rows = predictorsOf(stream).map(name => {
    const runs = of(stream, name);
    return [
      name,
      ...milestones.map((_, i) => figure(median(runs.map(r => r.rmse[i]!)))),
      ...milestones.map((_, i) => medianAndWorst(runs.map(r => r.ratio[i]!))),
      medianAndWorst(runs.map(r => r.weightsStillRatio)),
      medianAndWorst(runs.map(r => r.frozenRatio)),
      ...freeRunSteps.map((_, i) => medianAndWorst(runs.map(r => r.freeRun[i]!))),
    ];
  });
  const memoryLess = figure(stream.noMemory);
  const persistence = of(stream, 'Persistence');
  const ratios = milestones.map((_, i) =>
    persistence.length === 0 ? '' : figure(stream.noMemory / median(persistence.map(r => r.rmse[i]!))),
  );
  rows.push(['Best without memory', ...milestones.map(() => memoryLess), ...ratios, '', '', '', '']);
  return table(
    [
      'predictor',
      ...thousands.map(k => `RMSE ${k}`),
      ...thousands.map(k => `ratio ${k}`),
      'weights still',
      'frozen',
      ...freeRunSteps.map(n => `free run ${n}`),
    ],
    rows,
  );
}

/** How DeepHTM uses its columns on each stream. */
export function columnTable(streams: readonly StudiedStream[]): string {
  return table(
    ['stream', 'columns in use', 'fewest', 'entropy', 'bursting winners', 'worst'],
    streams.map(stream => {
      const use = of(stream, 'DeepHTM').map(r => r.columns!);
      return [
        stream.label,
        `${median(use.map(c => c.inUse))} of 256`,
        String(Math.min(...use.map(c => c.inUse))),
        figure(median(use.map(c => c.entropy))),
        percent(median(use.map(c => c.burstRate))),
        percent(Math.max(...use.map(c => c.burstRate))),
      ];
    }),
  );
}

/** Median learning curves of all predictors. */
export function streamPlot(stream: StudiedStream): string {
  const curves: Curve[] = predictorsOf(stream).map(name => {
    const runs = of(stream, name);
    return {
      label: name,
      color: colors[name]!,
      points: runs[0]!.curve.map(
        (_, i) => [(i + 1) * curveWindow, median(runs.map(r => r.curve[i]!))] as const,
      ),
    };
  });
  const end = curves[0]!.points.at(-1)![0];
  curves.push({
    label: 'Best without memory',
    color: '#111827',
    dashed: true,
    points: [
      [0, stream.noMemory],
      [end, stream.noMemory],
    ],
  });
  return plotSvg({
    title: stream.label,
    xLabel: 'steps',
    yLabel: `RMSE over ${curveWindow} steps`,
    least: 1e-4,
    curves,
  });
}

/** docs/learning.md. `made` is the command that made it. */
export function learningDocument(streams: readonly StudiedStream[], made: string): string {
  const seedsOf = (name: string) => new Set(of(streams[0]!, name).map(r => r.seed)).size;
  const sections = streams.map(
    stream => `## ${stream.label}

${command(made)}

${streamTable(stream)}

![Learning curves: ${stream.label}](learning/${stream.name}.svg)`,
  );
  return `# How it learns, measured

Written by a command; change the study, not this file:

${command(made)}

Every predictor sees one value a step and predicts the next; it learns at every step, for 10,000 steps. DeepHTM is the default preset on the CPU engine,
the same settings for every stream. Figures are medians over the seeds
(DeepHTM: ${seedsOf('DeepHTM')}, GRU: ${seedsOf('GRU, 64 units')}), with the worst seed in brackets where it reads differently.

**What to make of it.** A sine shows that memory works, never that this network predicts best. Two terms of linear regression continue a sine exactly, and a small GRU
comes closer than this network in the end. What the ratio says is whether the network has learned anything that a network *without* memory could not: that one stays near
a ratio of 1, although its plot looks right.

- **RMSE 1k, 4k, 10k**: one-step error over the 1,000 steps before. **ratio**: the same over persistence ("the next value is the present one") in the same steps.
- **weights still**: the ratio over 1,000 further steps without updates of weights, but with the columns' running mean and variance going on. **frozen**: over 1,000 more in
  which those stand still too. A network that predicts well with still weights, but not frozen, depends on these
  statistics moving with the signal: they lag behind it, which tells rising from falling, and are a memory beside that of the cells.
- **free run**: after those, frozen, RMSE of the first 100 and of all 500 steps in which each predictor is fed its own predictions. On a sine of amplitude 1 an answer of all zeros would have 0.71; a chaotic series cannot be followed for long by anything.
- **Persistence**, and **best without memory**: the best that can be done from the present value alone, in closed form for a clean sine, else estimated from 20,000 values
  (so it can come out a little beside what a window of 1,000 steps holds).
- **AR(n)**: a linear combination of the last n values, by recursive least squares over all steps so far. Errors below 1e-6 are the rounding of the values to float32.
- **GRU**: 64 units, gradient of the last 20 steps at every step, Adam with a rate of 0.003 that halves every 2,000 steps. In float64.

Curves are drawn no lower than the decade of 0.0001.

${sections.join('\n\n')}

## Use of columns

${command(made)}

Of DeepHTM, over the last 1,000 of 10,000 steps. *In use*: won at least once. *Entropy*: of the columns' shares of wins; 1 means that all win alike.
*Bursting*: winners that no cell had predicted.

${columnTable(streams)}
`;
}
