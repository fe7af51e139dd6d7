import { loadDrift, saveDrift } from './drift-folder.ts';
import { driftRuns, fullLengths, runDrift } from './drift-run.ts';

export interface DriftTask {
  name: string;
  /** Where progress is kept. */
  folder: string;
}

/** Steps after which all is saved. */
const saveSteps = 50_000;

/** Goes on with a long run, or begins it; ends early, with all saved, once `stop` aborts. @returns steps done */
export async function runDriftTask({ name, folder }: DriftTask, stop: AbortSignal): Promise<number> {
  const run = driftRuns.find(r => r.name === name)!;
  const progress = await runDrift(run, fullLengths, loadDrift(folder, name), checkpoint => {
    const { done, rmse } = checkpoint.progress;
    if (done % saveSteps === 0 || done === fullLengths.steps || stop.aborted) {
      saveDrift(folder, checkpoint);
      console.log(
        `${name.padEnd(21)} ${String(done).padStart(9)} steps  rmse ${rmse.at(-1)!.toPrecision(3)}`,
      );
    }
    return !stop.aborted;
  });
  return progress.done;
}
