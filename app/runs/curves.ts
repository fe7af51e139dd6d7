import { hasPeriod } from '../../engine/data/signal.ts';
import { isLoggable } from '../charts/axis-ticks.ts';
import { pointsPerError, runningRmse } from '../charts/running-rmse.ts';
import type { RunRecord } from '../storage/record.ts';
import type { Curve } from './overlay.ts';

/**
 * The run's error over its steps, as its own chart shows it; and before that at its milestones, since the stretches of a
 * long run, all of one length, say nothing of how it began.
 */
export function curveOf({ history: { points, width }, settings: { signal }, milestones }: RunRecord): Curve {
  const count = pointsPerError(width, hasPeriod(signal) ? signal.period : 0);
  const curve = runningRmse(points, count);
  const first = curve[0]?.step ?? 0;
  // A run that went back may have passed a milestone twice.
  const before = new Map(milestones.map(({ step, summary }) => [step, summary.rmse]));
  const opening = [...before]
    .filter(([step]) => step > 0 && step < first)
    .map(([step, rmse]) => ({ step, rmse }));
  return [...opening.sort((a, b) => a.step - b.step), ...curve].filter(({ rmse }) => isLoggable(rmse));
}

/** How runs that are compared are told apart: by letter, colour and dashes. */
export const marks = [
  { letter: 'A', color: '--prediction', dash: '' },
  { letter: 'B', color: '--error', dash: '7 3' },
  { letter: 'C', color: '--cell-correct', dash: '2 3' },
  { letter: 'D', color: '--floor-no-memory', dash: '10 3 2 3' },
  { letter: 'E', color: '--floor-persistence', dash: '4 2' },
  { letter: 'F', color: '--target', dash: '1 4' },
] as const;

export const mostCompared = marks.length;
