import type { EngineChoice } from '../../engine/engine-choice.ts';
import { parameterAt } from '../../engine/model/parameters.ts';
import { networkCount, type Sweep, type SweptPath, valuesAt } from '../../engine/population/sweep.ts';
import { formatCount, formatError, formatRatio, formatTick } from '../charts/figures.ts';
import type { ProgressReport } from '../worker/sweep-protocol.ts';
import type { Lost, SweepState } from './sweep-run.ts';

export const labelOf = (path: SweptPath): string => parameterAt(path)?.label ?? path;

/** A swept value, as short as it goes; seeds are names more than numbers, and are not grouped. */
export const valueLabel = (path: SweptPath, value: number): string =>
  path === 'seed' ? String(value) : formatTick(value);

/** What sets a network apart: `learning rate 0.1, seed 3`. */
export const nameOf = (sweep: Sweep, member: number): string =>
  valuesAt(sweep, member)
    .map((value, i) => {
      const { path } = sweep[i]!;
      return `${labelOf(path).toLowerCase()} ${valueLabel(path, value)}`;
    })
    .join(', ');

export const rankOf = (report: ProgressReport, member: number): number => report.ranking.indexOf(member) + 1;

/** What follows a network's rank: `of 16, RMSE 0.0541, 0.61 of persistence`. */
export function figuresOf({ members }: ProgressReport, member: number): string {
  const { rmse, ratio, divergedAt } = members[member]!;
  if (divergedAt !== null) return `of ${members.length}, diverged at step ${formatCount(divergedAt)}`;
  const against = ratio === null ? '' : `, ${formatRatio(ratio)} of persistence`;
  return `of ${members.length}, RMSE ${formatError(rmse)}${against}`;
}

/** The sweep in a sentence, for those who cannot see it. */
export function summaryOf({ status, started, report }: SweepState): string {
  if (!started || status === 'idle') return 'No sweep yet.';
  const networks = `${networkCount(started.sweep)} networks`;
  if (status === 'starting') return `Making ${networks}.`;
  if (status === 'failed') return 'The sweep failed.';
  const state = {
    running: `${networks} are learning.`,
    paused: `The sweep of ${networks} is paused${report ? ` at step ${formatCount(report.step)}` : ''}.`,
    done: `The sweep of ${networks} has ended${report ? ` at step ${formatCount(report.step)}` : ''}.`,
  }[status];
  return report && report.step > 0 && status !== 'running'
    ? `${state} ${bestOf(started.sweep, report)}`
    : state;
}

/** The best network, and how many diverged. */
export function bestOf(sweep: Sweep, report: ProgressReport): string {
  const best = report.ranking[0]!;
  const diverged = report.members.filter(m => m.divergedAt !== null).length;
  if (diverged === report.members.length) return 'All networks diverged: sweep lower learning rates.';
  const { rmse } = report.members[best]!;
  const rest = diverged > 0 ? ` ${diverged} diverged.` : '';
  return `Best: ${nameOf(sweep, best)}, with an RMSE of ${formatError(rmse)}.${rest}`;
}

/** That the GPU went away during a sweep, or after it. @param choice where the networks are now; null before they are made again */
export function lostInWords({ step, from, again }: Lost, choice: EngineChoice | null): string {
  if (!again) {
    if (from === null)
      return 'The GPU went away, and the networks with it. The figures stay; to adopt a network, start the sweep again: it comes out the same.';
    return from < step
      ? `The GPU went away at step ${formatCount(step)}, where the sweep was stopped. Its figures stay, and its networks can still be adopted, as they were at step ${formatCount(from)}.`
      : 'The GPU went away after the sweep. Its figures stay, and its networks can still be adopted.';
  }
  const gone = `The GPU went away at step ${formatCount(step)}.`;
  const at = `step ${formatCount(from ?? 0)}`;
  const why = from === null ? ' So large networks are not kept in memory beside the GPU.' : '';
  if (!choice) return `${gone} The networks are made again, to go on from ${at} …${why}`;
  return `${gone} The sweep went on from ${at}, on the ${choice.engine === 'gpu' ? 'GPU' : 'CPU'}.${why}`;
}
