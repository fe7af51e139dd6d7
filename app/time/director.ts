import { send } from '../state/connection.ts';
import { announceLiveChange, live, newest } from '../state/live.ts';
import { backToNow } from '../state/moment.ts';
import { useRun } from '../state/run.ts';
import { useSlowMotion } from '../state/slow-motion.ts';
import type { CloseUp, Frame } from '../worker/protocol.ts';
import { captionOf } from './captions.ts';
import { paintPhase } from './phase-overlay.ts';
import { phases, tensorsDuring } from './phases.ts';

/** The step that is told, and what the network was like before it. */
let told: { closeUp: CloseUp; before: Frame | null } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Goes on to the next phase; after the last, to the next step. */
export async function nextPhase(): Promise<void> {
  clearTimeout(timer);
  const { shown, waiting } = useSlowMotion.getState();
  const { status } = useRun.getState();
  const next = shown ? phases.findIndex(phase => phase.name === shown.phase) + 1 : phases.length;
  if (told && next < phases.length) showPhase(next);
  else if (!waiting && (status === 'paused' || status === 'playing')) {
    backToNow();
    useSlowMotion.setState({ waiting: true });
    send({ kind: 'closeUp' });
  }
}

/** A step has been run, to be told now. */
export function hearCloseUp(closeUp: CloseUp): void {
  useSlowMotion.setState({ waiting: false });
  if (!useSlowMotion.getState().on) return;
  const before = live.frame?.step === closeUp.frame.step - 1 ? live.frame : null;
  told = { closeUp, before };
  showPhase(0);
}

function showPhase(index: number): void {
  const { closeUp, before } = told!;
  const { name } = phases[index]!;
  const { step } = closeUp.frame;
  const decoded = index >= phases.findIndex(phase => phase.name === 'decode');
  const tensors = tensorsDuring(name, before?.tensors ?? new Map(), closeUp.frame.tensors);
  live.frame = { step: decoded ? step : step - 1, tensors, column: closeUp.frame.column };
  live.steps = decoded ? newest : newest.upTo(Math.min(newest.end, step - 1));
  live.overlay = (drawing, scene) => paintPhase(drawing, scene, name, closeUp);
  useSlowMotion.setState({
    shown: { phase: name, step, caption: captionOf(name, closeUp, useRun.getState().applied) },
  });
  announceLiveChange();
  const { playing, secondsPerPhase } = useSlowMotion.getState();
  // Who has asked for less motion meanwhile goes on by button.
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) useSlowMotion.setState({ playing: false });
  else if (playing)
    timer = setTimeout(() => {
      if (useSlowMotion.getState().playing) void nextPhase();
    }, 1000 * secondsPerPhase);
}
