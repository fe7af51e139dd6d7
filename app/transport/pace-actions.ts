import * as run from '../state/run.ts';
import { nextPhase, setSlowPlaying, useSlowMotion } from '../state/slow-motion.ts';

/** Plays and pauses, step after step or, in slow motion, phase after phase. */
export function togglePlay(): void {
  const { on, playing } = useSlowMotion.getState();
  if (!on || run.useRun.getState().status === 'playing') run.togglePlay();
  else if (playing || !matchMedia('(prefers-reduced-motion: reduce)').matches) setSlowPlaying(!playing);
}

/** Goes on by one step or, in slow motion, by one phase. */
export function step(): void {
  if (useSlowMotion.getState().on) void nextPhase();
  else run.stepOnce();
}
