import { defaultMilestones } from '../../engine/measure/run-measure.ts';
import type { Settings } from '../../engine/model/config.ts';
import { pageParameters, writeAddress } from './address.ts';
import { useRun } from './run.ts';
import { showView, useView, type ViewName, viewNames } from './view.ts';

/** A slider sends many settings a second, and browsers bear with few changes of an address. */
const restMilliseconds = 300;

/** A link to a run with these settings, from step 0, on the engine that this page was told to use. */
export const linkTo = (settings: Settings): string => linkWith(settings, ['engine', 'driver']);

/** The same for the run that stands, with its snapshots. */
export const linkToRun = (): string =>
  linkWith(useRun.getState().applied, ['engine', 'driver', 'milestones']);

const linkWith = (settings: Settings, keep: readonly string[]): string =>
  location.origin + location.pathname + writeAddress(settings, withPage(location.search), keep);

/** Keeps the page's address that of its run and view, so that it can be copied, kept and reloaded. */
export function followRun(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    const { applied, status } = useRun.getState();
    if (status === 'starting') return;
    const { pathname, search, hash } = location;
    const query = writeAddress(applied, withPage(search), pageParameters);
    if (query === search) return;
    // The browser's Back leads to the view before, and not away from a run.
    const as = viewIn(search) === viewIn(query) ? 'replaceState' : 'pushState';
    history[as](history.state, '', pathname + query + hash);
  };
  const writeSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(write, restMilliseconds);
  };
  useRun.subscribe((now, before) => {
    if (
      now.applied !== before.applied ||
      now.status !== before.status ||
      now.milestoneSteps !== before.milestoneSteps
    )
      writeSoon();
  });
  useView.subscribe(writeSoon);
  addEventListener('popstate', () => {
    showView(viewIn(location.search));
    // The settings stay as they are, whatever they were when that view was left.
    writeSoon();
  });
}

function viewIn(search: string): ViewName {
  const named = new URLSearchParams(search).get('view');
  return viewNames.find(name => name === named) ?? viewNames[0];
}

/** A query with the view that is shown and the steps of snapshots; the usual ones go without saying. */
function withPage(search: string): string {
  const { view } = useView.getState();
  const parameters = new URLSearchParams(search);
  if (view === viewNames[0]) parameters.delete('view');
  else parameters.set('view', view);
  const milestones = useRun.getState().milestoneSteps.join();
  if (milestones === defaultMilestones.join()) parameters.delete('milestones');
  else parameters.set('milestones', milestones);
  return parameters.toString();
}
