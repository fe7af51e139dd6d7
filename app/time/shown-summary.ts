import type { Summary } from '../../engine/measure/run-measure.ts';
import { live } from '../state/live.ts';
import { useMoment } from '../state/moment.ts';
import { useRun } from '../state/run.ts';
import { figuresOfPast, type PastFigures } from './past-figures.ts';

/** How the network does at the moment that is shown: `newest`, or the same of the past. */
export function useShownSummary(newest: Summary | null): Summary | PastFigures | null {
  const at = useMoment(s => s.at);
  const symbolic = useRun(s => s.applied.signal.wave === 'highOrder');
  return at === null ? newest : figuresOfPast(live.steps, symbolic);
}
