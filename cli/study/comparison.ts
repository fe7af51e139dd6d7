import { deepHtm, entries, gru, noContext } from './competitors.ts';
import { changesOf, orNever, symbolsOf, wavesOf } from './measurements.ts';
import type { Result, WaveResult } from './result.ts';
import { streams } from './streams.ts';
import { count, figure, median, table } from './table.ts';

/** What predictors are compared by on a stream; less is better. */
const measures: readonly { name: string; of(run: WaveResult): number }[] = [
  { name: 'at 1,000', of: r => r.rmse[0]! },
  { name: 'at 4,000', of: r => r.rmse[1]! },
  { name: 'at 10,000', of: r => r.rmse[2]! },
  { name: 'frozen', of: r => r.frozenRatio },
  { name: 'free run 500', of: r => r.freeRun[1]! },
];

export interface Standing {
  name: string;
  value: number;
}

/** Best first; equals keep the order of the tables. */
export const ranked = (standings: readonly Standing[]): Standing[] =>
  standings.filter(s => !Number.isNaN(s.value)).sort((a, b) => (a.value === b.value ? 0 : a.value - b.value));

const medianOf = (
  results: readonly Result[],
  stream: string,
  predictor: string,
  of: (r: WaveResult) => number,
) => median(wavesOf(results, stream, predictor).map(of));

const wavePredictors = entries.filter(e => e.trials.includes('wave')).map(e => e.name);

const bestOn = (results: readonly Result[], stream: string, of: (r: WaveResult) => number): Standing =>
  ranked(wavePredictors.map(name => ({ name, value: medianOf(results, stream, name, of) })))[0]!;

/** DeepHTM's median errors over the GRU's, and who is best of all. */
export function rivalTable(results: readonly Result[]): string {
  return table(
    [
      'DeepHTM / GRU',
      ...measures.map(m => m.name),
      'best at 1,000',
      'best at 10,000',
      'without context / with, 10,000',
    ],
    streams.map(({ name, label }) => [
      label,
      ...measures.map(({ of }) => {
        const times = medianOf(results, name, deepHtm, of) / medianOf(results, name, gru, of);
        return times < 1 ? `**${figure(times)}**` : figure(times);
      }),
      bestOn(results, name, measures[0]!.of).name,
      bestOn(results, name, measures[2]!.of).name,
      figure(
        medianOf(results, name, noContext, measures[2]!.of) /
          medianOf(results, name, deepHtm, measures[2]!.of),
      ),
    ]),
  );
}

const inOrder = (standings: readonly Standing[], format: (value: number) => string): string =>
  ranked(standings)
    .map(({ name, value }) =>
      name === deepHtm ? `**${name} ${format(value)}**` : `${name} ${format(value)}`,
    )
    .join('; ');

const listed = (items: readonly string[]): string => (items.length === 0 ? 'nowhere' : items.join(', '));

/** Who is ahead of whom, as the measurements have it. */
export function comparisonList(results: readonly Result[]): string {
  const ahead = (rival: (stream: string, of: (r: WaveResult) => number) => number) =>
    streams.flatMap(({ name, label }) => {
      const where = measures
        .filter(({ of }) => medianOf(results, name, deepHtm, of) < rival(name, of))
        .map(m => m.name);
      return where.length === 0 ? [] : [`${label} (${where.join(', ')})`];
    });
  const firstOf = ahead((stream, of) =>
    Math.min(...wavePredictors.filter(p => p !== deepHtm).map(p => medianOf(results, stream, p, of))),
  );
  const aheadOfGru = ahead((stream, of) => medianOf(results, stream, gru, of));
  const changed = entries.map(({ name }) => ({ name, runs: changesOf(results, name) }));
  const symbolic = entries.map(({ name }) => ({ name, runs: symbolsOf(results, name) }));
  const after = changed.map(({ name, runs }) => ({ name, value: median(runs.map(r => r.after)) }));
  const back = changed.map(({ name, runs }) => ({ name, value: median(runs.map(r => r.back)) }));
  const learned = symbolic.map(({ name, runs }) => ({
    name,
    value: median(runs.map(r => orNever(r.symbolsToLearn))),
  }));
  const recovered = symbolic.map(({ name, runs }) => ({
    name,
    value: median(runs.map(r => orNever(r.symbolsToRecover))),
  }));
  return [
    `- **Least error of all predictors**: ${listed(firstOf)}.`,
    `- **Less error than the GRU**: ${listed(aheadOfGru)}.`,
    `- **After a sudden change of period**, RMSE over 1,000 steps, best first: ${inOrder(after, figure)}.`,
    `- **When the old period comes back**: ${inOrder(back, figure)}.`,
    `- **High-order sequences**, symbols until 99%: ${inOrder(learned, count)}.`,
    `- **After their endings are swapped**: ${inOrder(recovered, count)}.`,
  ].join('\n');
}
