import type { Settings } from '../../engine/model/config.ts';
import { differingPaths } from '../../engine/model/settings.ts';
import { formatCount } from '../charts/figures.ts';
import { goOnWith, keptHere } from '../state/kept.ts';
import { dismiss, notify, play } from '../state/run.ts';
import { heldRuns } from '../storage/holding.ts';
import type { RunRecord } from '../storage/record.ts';
import { RunStore } from '../storage/run-store.ts';

/** A page that is just going away still holds its run for a moment. */
const patience = 3000;
const pollMilliseconds = 100;

/**
 * The run that this tab had, or else the one that was kept last, if it was cut off while it trained. Null where there is
 * none, or where another page has it open.
 */
async function interrupted(
  runs: readonly RunRecord[],
  own: RunRecord | undefined,
): Promise<RunRecord | null> {
  const lastFirst = runs.toSorted((a, b) => b.kept - a.kept);
  for (let waited = 0; waited < patience; waited += pollMilliseconds) {
    // This page's new run may be among them by now, and may have given way to another since.
    const last = lastFirst.find(run => !keptHere.has(run.id));
    const run = own ?? (last?.training ? last : null);
    if (!run || !(await heldRuns()).has(run.id)) return run;
    await new Promise(resolve => setTimeout(resolve, pollMilliseconds));
  }
  return null;
}

/**
 * Asks whether to go on with a run that was cut off, if there is one.
 * @param before the run that this tab had before it was reloaded
 * @param settings those of the run that stands now
 * @param go called unless the person was in the midst of the very same run: that one waits for the answer
 */
export async function offerToGoOn(before: string | null, settings: Settings, go: () => void): Promise<void> {
  const store = new RunStore();
  const { runs } = await store.list();
  const able = runs.filter(run => (run.checkpointStep ?? 0) > 0);
  const own = able.find(run => run.id === before);
  const same = own !== undefined && differingPaths(own.settings, settings).length === 0;
  if (!same) go();
  const run = await interrupted(able, own);
  if (same && !run) go();
  if (!run) return store.close();
  const answered = async (training: boolean) => {
    dismiss('go-on');
    if (!training) await store.change(run.id, { training });
    await store.close();
  };
  notify({
    id: 'go-on',
    tone: 'info',
    title: 'A run was interrupted',
    text: `“${run.name}” stands at step ${formatCount(run.checkpointStep!)}, and can go on from there. Otherwise it stays among the kept runs.`,
    action: {
      label: 'Resume',
      run: () => {
        goOnWith(run.id);
        play();
        void answered(true);
      },
    },
    other: {
      label: 'Start fresh',
      run: () => {
        play();
        void answered(false);
      },
    },
  });
}
