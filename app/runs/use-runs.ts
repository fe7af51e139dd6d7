import { useEffect, useState } from 'react';
import { heldRuns } from '../storage/holding.ts';
import type { RunRecord, Unreadable } from '../storage/record.ts';
import { onRunsChange, RunStore } from '../storage/run-store.ts';

export interface Runs {
  /** The newest first. */
  runs: readonly RunRecord[];
  unreadable: readonly Unreadable[];
  /** Those that a page has open. */
  held: ReadonlySet<string>;
}

export const store = new RunStore();

/** Runs that train change every few seconds, and who holds them is told by nobody. */
const lookMilliseconds = 3000;

/** The kept runs as they are now; null until they are known. `problem` says why they cannot be. */
export function useRuns(): { kept: Runs | null; problem: string | null } {
  const [kept, setKept] = useState<Runs | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    const look = async () => {
      try {
        const [{ runs, unreadable }, held] = await Promise.all([store.list(), heldRuns()]);
        if (gone) return;
        setKept({ runs, unreadable, held });
        setProblem(null);
      } catch (error) {
        if (!gone) setProblem(error instanceof Error ? error.message : String(error));
      }
    };
    void look();
    const stop = onRunsChange(look);
    const timer = setInterval(look, lookMilliseconds);
    return () => {
      gone = true;
      stop();
      clearInterval(timer);
    };
  }, []);
  return { kept, problem };
}
