import { winsOf } from '../heatmap/duty.ts';
import { live } from '../state/live.ts';
import { useRun } from '../state/run.ts';

/** Steps within which a column that nobody pinned has to win, or another takes its place. */
const lately = 250;

/** Stands in for a pinned column; the same in all panels. */
let busy = 0;

/** The pinned column; where none is, one that wins often. */
export function useInspectedColumn(): number {
  const columns = useRun(s => s.applied.network.columns);
  const pinned = useRun(s => s.pinned);
  if (pinned !== null) return Math.min(pinned, columns - 1);
  const wins = winsOf(live.steps, columns, lately);
  if (!wins[busy]) busy = wins.indexOf(Math.max(...wins));
  return busy;
}
