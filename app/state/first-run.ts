import { addressProblems } from '../notices/notice-texts.ts';
import { readAddress } from './address.ts';
import { followRun } from './address-bar.ts';
import { send } from './connection.ts';
import { embedded } from './embedded.ts';
import { beginOrGoOn, keepWhenLeaving } from './kept.ts';
import { goOnOutOfSight } from './out-of-sight.ts';
import { hearReports } from './reports.ts';
import { notify, openRun, useRun } from './run.ts';
import { showView } from './view.ts';

/** Starts the run that the page's address asks for, and plays it. */
export function startFirstRun(): void {
  hearReports();
  const { engine, driver, view, milestones, settings, problems } = readAddress(location.search);
  if (problems.length > 0) notify(addressProblems(problems));
  useRun.setState({ requested: engine, milestoneSteps: milestones });
  if (driver !== 'auto') send({ kind: 'driver', driver });
  if (embedded) {
    // In a page about something else nothing moves until it is asked to, and nothing is kept.
    openRun(settings);
    return;
  }
  showView(view);
  beginOrGoOn(settings);
  followRun();
  keepWhenLeaving();
  goOnOutOfSight();
}
