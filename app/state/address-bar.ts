import type { Settings } from '../../engine/model/config.ts';
import { pageParameters, writeAddress } from './address.ts';
import { useRun } from './run.ts';

/** A slider sends many settings a second, and browsers bear with few changes of an address. */
const restMilliseconds = 300;

/** A link to a run with these settings, from step 0, on the engine that this page was told to use. */
export const linkTo = (settings: Settings): string =>
  location.origin + location.pathname + writeAddress(settings, location.search, ['engine', 'driver']);

export const linkToRun = (): string => linkTo(useRun.getState().applied);

/** Keeps the page's address that of its run, so that it can be copied, kept and reloaded. */
export function followRun(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    const { applied, status } = useRun.getState();
    if (status === 'starting') return;
    const { pathname, search, hash } = location;
    const query = writeAddress(applied, search, pageParameters);
    if (query !== search) history.replaceState(history.state, '', pathname + query + hash);
  };
  useRun.subscribe((now, before) => {
    if (now.applied === before.applied && now.status === before.status) return;
    clearTimeout(timer);
    timer = setTimeout(write, restMilliseconds);
  });
}
