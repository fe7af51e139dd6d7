import { create } from 'zustand';
import type { Settings } from '../../engine/model/config.ts';
import type { Report } from '../worker/protocol.ts';
import { send } from './connection.ts';
import { dismiss, notify, openRun, play, useRun } from './run.ts';

export type NotStored = Extract<Report, { kind: 'notStored' }>;

interface Kept {
  /** What the run that stands is kept as in this browser; null before it is. */
  id: string | null;
  /** Why it is not, or no longer. */
  problem: NotStored | null;
}

export const useKept = create<Kept>()(() => ({ id: null, problem: null }));

/** What the runs of this page have been kept as, also those that another took the place of. */
export const keptHere = new Set<string>();

/** Remembered for as long as the tab is there, over reloads and crashes. */
const tabKey = 'deephtm.run';

function runOfTab(): string | null {
  try {
    return sessionStorage.getItem(tabKey);
  } catch {
    // A browser that keeps nothing for this page.
    return null;
  }
}

export function heardStored({ id }: Extract<Report, { kind: 'stored' }>): void {
  keptHere.add(id);
  useKept.setState({ id, problem: null });
  dismiss('keeping');
  try {
    sessionStorage.setItem(tabKey, id);
  } catch {
    // As above.
  }
}

export function heardNotStored(problem: NotStored): void {
  useKept.setState({ problem });
  import('../runs/keeping-notices.ts').then(({ notStored }) => notify(notStored(problem)));
}

/** Goes on with a run that the browser has kept. */
export function goOnWith(id: string): void {
  const { requested, milestoneSteps } = useRun.getState();
  send({ kind: 'resume', id, engine: requested, milestones: milestoneSteps });
}

/** Has the run kept whenever the page may be about to go. */
export function keepWhenLeaving(): void {
  const keep = () => send({ kind: 'keep' });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep();
  });
  // A reload says so before it asks for the page, which leaves the worker that moment more.
  addEventListener('beforeunload', keep);
  addEventListener('pagehide', keep);
}

/** Starts a run, and plays it unless this tab was in the midst of the same: then it asks which of the two it shall be. */
export function beginOrGoOn(settings: Settings): void {
  const before = runOfTab();
  openRun(settings);
  let waiting = before !== null;
  const go = () => {
    if (waiting) play();
    waiting = false;
  };
  if (!waiting) play();
  import('../runs/offer.ts')
    .then(({ offerToGoOn }) => offerToGoOn(before, settings, go))
    // Where nothing can be kept there is nothing to go on with.
    .catch(go);
}
