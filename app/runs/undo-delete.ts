import { dismiss, notify } from '../state/run.ts';
import type { Removed } from '../storage/run-store.ts';
import { store } from './use-runs.ts';

const id = 'deleted';
/** For so long what was deleted stays in memory. */
const milliseconds = 120_000;

let end: ReturnType<typeof setTimeout> | undefined;

/** Offers to bring back what was deleted, whatever view is shown, for two minutes or until the next time. */
export function offerUndo(what: string, runs: Removed): void {
  clearTimeout(end);
  end = setTimeout(() => dismiss(id), milliseconds);
  const undo = () => {
    clearTimeout(end);
    dismiss(id);
    store
      .putBack(runs)
      .catch((error: Error) =>
        notify({ id, tone: 'error', title: `${what} could not be brought back`, text: error.message }),
      );
  };
  notify({
    id,
    tone: 'info',
    title: `Deleted ${what}`,
    text: 'Undo brings it back: for two minutes, and until the page is reloaded.',
    action: { label: 'Undo', run: undo },
  });
  // The button that deleted is gone: who used the keyboard goes on from here, once it is there.
  setTimeout(() => document.querySelector<HTMLElement>(`[data-notice=${id}] button`)?.focus());
}
