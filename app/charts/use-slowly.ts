import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useRun } from '../state/run.ts';

/** What `read` gives, looked at now and then: for words and figures about what changes with every step. */
export function useSlowly<T>(read: () => T, milliseconds: number): T {
  const [value, setValue] = useState(read);
  const look = useEffectEvent(() => setValue(() => read()));
  useEffect(() => {
    const timer = setInterval(() => look(), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
  return value;
}

/** Drawing one of the charts of the whole run takes at most this share of the time; milliseconds between two drawings. */
const chartShare = 1 / 100;
const shortestWait = 800;
const longestWait = 3000;
/** From one chart to the next. */
const apart = 150;
let drawnLast = Number.NEGATIVE_INFINITY;

/**
 * The run so far, for a chart: as often as it is quick to draw, and soon when training begins or ends. Each chart looks at a
 * time of its own, because two that were drawn anew in one task would hold the page up for longer than a person fails to notice.
 */
export function useHistory() {
  const status = useRun(s => s.status);
  const [history, setHistory] = useState(() => useRun.getState().history);
  const asked = useRef(Number.POSITIVE_INFINITY);
  const wait = useRef(shortestWait);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another history has been drawn
  useEffect(() => {
    const took = performance.now() - asked.current;
    wait.current = Math.min(Math.max(took / chartShare, shortestWait), longestWait);
  }, [history]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new status is a new beginning
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      const now = performance.now();
      if (now - drawnLast < apart) {
        timer = setTimeout(look, apart);
        return;
      }
      drawnLast = asked.current = now;
      setHistory(useRun.getState().history);
      timer = setTimeout(look, wait.current);
    };
    look();
    return () => clearTimeout(timer);
  }, [status]);
  return history;
}
