import type { PopulationTrainer } from '../../engine/population/population-trainer.ts';
import { type Sweep, valuesAt } from '../../engine/population/sweep.ts';

/** How one network of a sweep came out. */
export interface SweepResult {
  rank: number;
  /** What sets it apart, by the settings' names. */
  values: Record<string, number>;
  seed: number;
  /** Steps done when it had diverged, or null. */
  divergedAt: number | null;
  /** Over the last 1,000 steps, as all that follows; null where it is no number. */
  rmse: number | null;
  /** rmse over that of repeating the present value. */
  ratio: number | null;
  columnsInUse: number;
  /** Share of winners that burst. */
  burstRate: number;
}

const finite = (value: number | null): number | null => (Number.isFinite(value) ? value : null);

/** From the best to the worst. */
export function resultsOf(trainer: PopulationTrainer, sweep: Sweep): SweepResult[] {
  const { summaries } = trainer;
  return trainer.ranking.map((member, i) => {
    const { rmse, ratio, columnsInUse, burstRate, divergedAt } = summaries[member]!;
    const values = valuesAt(sweep, member);
    return {
      rank: i + 1,
      values: Object.fromEntries(sweep.map((axis, a) => [axis.path, values[a]!])),
      seed: trainer.members[member]!.seed,
      divergedAt,
      rmse: finite(rmse),
      ratio: finite(ratio),
      columnsInUse,
      burstRate,
    };
  });
}

/** A table of results, with a column for each swept setting. */
export function rankingTable(results: readonly SweepResult[]): string {
  const paths = Object.keys(results[0]?.values ?? {});
  const rows = results.map(r => [
    String(r.rank),
    ...paths.map(path => String(r.values[path])),
    ...(r.divergedAt === null
      ? [r.rmse?.toFixed(5) ?? '-', r.ratio?.toFixed(3) ?? '-', String(r.columnsInUse), percent(r.burstRate)]
      : [`diverged at ${r.divergedAt}`, '', '', '']),
  ]);
  const lines = [['rank', ...paths, 'rmse', 'ratio', 'columns', 'bursts'], ...rows];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map(line => line[column]!.length)));
  return lines
    .map(line =>
      line
        .map((cell, column) => cell.padStart(widths[column]!))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
