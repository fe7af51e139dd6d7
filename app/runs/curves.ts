import { hasPeriod } from '../../engine/data/signal.ts';
import { isLoggable } from '../charts/axis-ticks.ts';
import { pointsPerError, runningRmse } from '../charts/running-rmse.ts';
import type { RunRecord } from '../storage/record.ts';
import type { Curve } from './overlay.ts';

/** The run's error over its steps, as its own chart shows it. */
export function curveOf({ history: { points, width }, settings: { signal } }: RunRecord): Curve {
  const count = pointsPerError(width, hasPeriod(signal) ? signal.period : 0);
  return runningRmse(points, count).filter(({ rmse }) => isLoggable(rmse));
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
