import { deepHtm, gru } from './competitors.ts';
import { type DriftProgress, fullLengths, sineRuns } from './drift-run.ts';
import { memoryGrowth, mostDrift, mostGrowth } from './drift-section.ts';
import { type Measurements, orNever, symbolsOf, wavesOf } from './measurements.ts';
import type { Result, SymbolResult, WaveResult } from './result.ts';
import { count, figure, median, percent, percentOrNone, table, worst } from './table.ts';

/** What is asked of one number; it is the least or the most that it may be. */
interface Goal<T> {
  text: string;
  measure(from: T): number;
  least?: number;
  most?: number;
  format(value: number): string;
}

interface Rivals {
  own: readonly WaveResult[];
  gru: readonly WaveResult[];
}

const meets = ({ least, most }: Goal<never>, value: number) =>
  (least === undefined || value >= least) && (most === undefined || value <= most);

const asked = ({ least, most, format }: Goal<never>) =>
  least === undefined ? `≤ ${format(most!)}` : `≥ ${format(least)}`;

const ratio = (at: number) => (from: Rivals) => median(from.own.map(r => r.ratio[at]!));

const sineGoals: readonly Goal<Rivals>[] = [
  { text: 'Ratio to persistence at 1,000 steps', measure: ratio(0), most: 0.6, format: figure },
  { text: 'at 4,000', measure: ratio(1), most: 0.15, format: figure },
  { text: 'at 10,000', measure: ratio(2), most: 0.04, format: figure },
  {
    text: 'at 10,000, worst seed',
    measure: ({ own }) => worst(own.map(r => r.ratio[2]!)),
    most: 0.12,
    format: figure,
  },
  {
    text: 'Columns in use',
    measure: ({ own }) => median(own.map(r => r.columns!.inUse)),
    least: 128,
    format: value => String(value),
  },
  {
    text: 'Bursting winners',
    measure: ({ own }) => median(own.map(r => r.columns!.burstRate)),
    most: 0.02,
    format: percent,
  },
  {
    text: 'Free run, RMSE over 100 steps',
    measure: ({ own }) => median(own.map(r => r.freeRun[0]!)),
    most: 0.1,
    format: figure,
  },
  {
    text: 'Free run, amplitude off over 500 steps',
    measure: ({ own }) => median(own.map(r => r.amplitudeError)),
    most: 0.2,
    format: percentOrNone,
  },
  {
    text: 'Free run, period off over 500 steps',
    measure: ({ own }) => median(own.map(r => r.periodError!)),
    most: 0.02,
    format: percentOrNone,
  },
  {
    text: 'RMSE at 1,000 steps, times that of the GRU',
    measure: from => median(from.own.map(r => r.rmse[0]!)) / median(from.gru.map(r => r.rmse[0]!)),
    most: 1,
    format: figure,
  },
];

const twoSinesGoal: Goal<readonly WaveResult[]> = {
  text: 'Two sines: ratio to persistence at 10,000 steps',
  measure: runs => median(runs.map(r => r.ratio[2]!)),
  most: 0.15,
  format: figure,
};

const symbolGoals: readonly Goal<readonly SymbolResult[]>[] = [
  {
    text: 'High-order sequences: ambiguous symbols predicted at 5,000 symbols, worst seed',
    measure: runs => Math.min(...runs.map(r => r.accuracy)),
    least: 0.99,
    format: percent,
  },
  {
    text: 'Symbols until 99% again after the endings are swapped, worst seed',
    measure: runs => Math.max(...runs.map(r => orNever(r.symbolsToRecover))),
    most: 3000,
    format: count,
  },
];

/** A process is given back memory late, and by the page. */
const flatMemory = 1.25;

const longRuns = `in ${count(fullLengths.steps)} steps of a sine, learning or frozen`;
const driftGoals: readonly Goal<readonly DriftProgress[]>[] = [
  {
    text: `Error of any window of ${count(fullLengths.window)}, times the first, ${longRuns}`,
    measure: runs => worst(runs.map(mostDrift)),
    most: 1.3,
    format: figure,
  },
  {
    text: `Predictions that are no number, ${longRuns}`,
    measure: runs => runs.reduce((sum, r) => sum + r.bad, 0),
    most: 0,
    format: count,
  },
  {
    text: `Growth of any tensor, ${longRuns}`,
    measure: runs => worst(runs.map(r => mostGrowth(r).times)),
    most: 2,
    format: figure,
  },
  {
    text: `Growth of the process, ${longRuns}`,
    measure: runs => worst(runs.map(memoryGrowth)),
    most: flatMemory,
    format: figure,
  },
];

const verdict = (met: boolean) => (met ? 'met' : '**not met**');

/** The goals on the sines, a column for each period; `own` are the runs of DeepHTM, `cpu` has those of its rivals. */
export function sineGoalTable({ cpu }: Measurements, own: readonly Result[] = cpu.results): string {
  const streams = ['sine-50', 'sine-62.83', 'sine-31.7'];
  return table(
    ['on a sine, median', 'goal', 'period 50', 'period 62.83', 'period 31.7', ''],
    sineGoals.map(goal => {
      const values = streams.map(stream =>
        goal.measure({
          own: wavesOf(own, stream, deepHtm),
          gru: wavesOf(cpu.results, stream, gru),
        }),
      );
      return [
        goal.text,
        asked(goal),
        ...values.map(v => (meets(goal, v) ? goal.format(v) : `**${goal.format(v)}**`)),
        verdict(values.every(v => meets(goal, v))),
      ];
    }),
  );
}

/** Those of all other goals that a few more seeds can tell of. */
export const freshGoalTable = (own: readonly Result[]): string => table(otherHeader, shortRunRows(own));

const otherHeader = ['elsewhere', 'goal', 'measured', ''];

const shortRunRows = (own: readonly Result[]): string[][] => [
  goalRow(twoSinesGoal, wavesOf(own, 'two-sines', deepHtm)),
  ...symbolGoals.map(goal => goalRow(goal, symbolsOf(own, deepHtm))),
];

function goalRow<T>(goal: Goal<T>, from: T): string[] {
  const value = goal.measure(from);
  return [goal.text, asked(goal), goal.format(value), verdict(meets(goal, value))];
}

/** All other goals. */
export function otherGoalTable({ cpu, drift }: Measurements): string {
  const names = new Set(sineRuns.map(run => run.name));
  const complete = drift?.results.filter(r => names.has(r.name) && r.done === fullLengths.steps) ?? [];
  const measuredDrift =
    complete.length === sineRuns.length && JSON.stringify(drift!.network) === JSON.stringify(cpu.network);
  return table(otherHeader, [
    ...shortRunRows(cpu.results),
    ...driftGoals.map(goal =>
      measuredDrift
        ? goalRow(goal, complete)
        : [goal.text, asked(goal), '', 'not measured with these settings'],
    ),
  ]);
}
