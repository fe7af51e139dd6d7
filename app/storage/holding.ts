const prefix = 'deephtm.run.';

/** Lets go of a run. */
export type Release = () => void;

/**
 * Holds a run, so that no other page goes on with it. Where the browser has no locks (on a page that is not secure),
 * everybody may: the writer in its record then tells who does.
 * @param patience milliseconds to wait for who holds it: a page that is just going away
 * @returns null when another page holds it
 */
export async function hold(id: string, patience = 0): Promise<Release | null> {
  const { locks } = navigator;
  if (!locks) return () => {};
  return new Promise(resolve => {
    const options = patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true };
    locks
      .request(prefix + id, options, lock => lock && new Promise<void>(release => resolve(() => release())))
      // Refused at once, after waiting, or because it was let go.
      .then(
        () => resolve(null),
        () => resolve(null),
      );
  });
}

/** The runs that pages of this browser hold now. */
export async function heldRuns(): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? name.slice(prefix.length) : [])));
}
