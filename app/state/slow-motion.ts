import { create } from 'zustand';
import type { PhaseName } from '../time/phases.ts';
import type { CloseUp } from '../worker/protocol.ts';
import { announceLiveChange, live, newest } from './live.ts';
import { notify, pause, play, setSpeed, useRun } from './run.ts';

/** Steps told phase by phase. All that it takes is loaded when it is first asked for. */
export const useSlowMotion = create<{
  on: boolean;
  /** Phases follow each other by themselves. */
  playing: boolean;
  /** How long a phase stays: at first, long enough to read its sentence. */
  secondsPerPhase: number;
  /** Which phase is shown of the step that ends at `step` steps done; null between steps. */
  shown: { phase: PhaseName; step: number; caption: string } | null;
  /** The next step was asked for and has not come. */
  waiting: boolean;
}>()(() => ({ on: false, playing: false, secondsPerPhase: 3, shown: null, waiting: false }));

const get = useSlowMotion.getState;
const set = useSlowMotion.setState;

const load = () => import('../time/director.ts');
let hear: (closeUp: CloseUp) => void = () => {};

/** Takes the run over; if it was playing, it goes on slowly. */
export async function startSlowMotion(): Promise<void> {
  const playing = useRun.getState().status === 'playing';
  if (playing) pause();
  set({ on: true, playing: false });
  try {
    hear = (await load()).hearCloseUp;
    if (playing && get().on) setSlowPlaying(true);
  } catch {
    set({ on: false });
    notify({
      id: 'slow-motion',
      tone: 'error',
      title: 'Slow motion could not be loaded',
      text: 'It is fetched when it is first asked for. Check the connection, then choose it again.',
    });
  }
}

/** Trains at a speed, no longer in slow motion; if that was playing, the run goes on. */
export function chooseSpeed(speed: number | null): void {
  setSpeed(speed);
  const { on, playing } = get();
  if (!on) return;
  leaveStage();
  set({ on: false });
  if (playing) play();
}

export function setSlowPlaying(playing: boolean): void {
  set({ playing });
  if (playing) nextPhase();
}

export const nextPhase = (): Promise<void> => load().then(director => director.nextPhase());

export const hearCloseUp = (closeUp: CloseUp): void => hear(closeUp);

/** Shows the network as it is: the step that was told is over, or something else came. */
export function leaveStage(): void {
  set({ playing: false, shown: null, waiting: false });
  if (!live.overlay) return;
  live.overlay = null;
  if (live.steps.end < newest.end) live.steps = newest;
  announceLiveChange();
}
