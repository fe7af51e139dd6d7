import type { Trainer } from '../../engine/trainer.ts';

/** Slices of a limited run in a second: often enough that it looks even, seldom enough that timers keep up. */
const slicesPerSecond = 50;
/** A run that falls behind by more does not hurry to catch up. */
const largestDelay = 100;

/**
 * Trains for `steps` steps, at most `perSecond` of them a second (null: as fast as it goes), or until `signal` aborts.
 * @throws what `Trainer.run` throws
 */
export async function train(
  trainer: Trainer,
  steps: number,
  perSecond: number | null,
  signal: AbortSignal,
): Promise<void> {
  if (perSecond === null) {
    await trainer.run(steps, signal);
    return;
  }
  const slice = Math.max(1, Math.round(perSecond / slicesPerSecond));
  let due = performance.now();
  for (let left = steps; left > 0 && !signal.aborted; ) {
    const count = Math.min(slice, left);
    await trainer.run(count, signal);
    left -= count;
    due = Math.max(due + (1000 * count) / perSecond, performance.now() - largestDelay);
    if (left > 0) await rest(due - performance.now(), signal);
  }
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
