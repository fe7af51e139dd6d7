import { useEffect, useReducer } from 'react';
import { onLiveChange } from '../state/live.ts';

/** Renders the component again after live data changed, at most once in `milliseconds`; the last change is not lost. */
export function useRenewal(milliseconds: number, wanted = true): void {
  const [, renew] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    if (!wanted) return;
    let last = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onLiveChange(() => {
      clearTimeout(timer);
      const wait = last + milliseconds - performance.now();
      const now = () => {
        last = performance.now();
        renew();
      };
      if (wait <= 0) now();
      else timer = setTimeout(now, wait);
    });
    // What came between rendering and listening would never be shown of a run that rests.
    renew();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [milliseconds, wanted]);
}
