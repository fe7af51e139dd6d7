import { useEffect, useState } from 'react';
import { useRun } from '../state/run.ts';

/** What `read` gives, looked at now and then: for words and figures about what changes with every step. */
export function useSlowly<T>(read: () => T, milliseconds: number): T {
  const [value, setValue] = useState(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` looks at stores, whichever render it is from
  useEffect(() => {
    const timer = setInterval(() => setValue(() => read()), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
  return value;
}

/**
 * The run so far, for a chart. Each chart looks by itself, because two that were drawn anew in one task would hold the
 * page up for longer than a person fails to notice.
 */
export const useHistory = () => useSlowly(() => useRun.getState().history, 800);
