import { create } from 'zustand';
import type { StepRecords } from '../../engine/network.ts';
import { stepsBack } from '../time/reach.ts';
import { send } from './connection.ts';
import { announceLiveChange, LiveSteps, live, newest } from './live.ts';
import { pause, useRun } from './run.ts';
import { leaveStage } from './slow-motion.ts';

/** The moment that all views show. */
export const useMoment = create<{
  /** Steps done at a moment that is looked back at; null for now. */
  at: number | null;
  /** Milestones whose moments have been kept, in steps done. */
  milestones: readonly number[];
  /** Whether the last steps came out to the last bit when they were run again; null until they have been. */
  exact: boolean | null;
}>()(() => ({ at: null, milestones: [], exact: null }));

const get = useMoment.getState;
const set = useMoment.setState;

const atMilestones = new Map<number, LiveSteps>();

/** Asked for while it trains: shown as soon as it has paused. */
let wanted: (() => void) | null = null;

/** How many steps can be gone back from now. */
export const mostBack = (): number => Math.max(0, Math.min(stepsBack, newest.end - newest.held - 1));

/** Shows the moment `back` steps before now; training pauses first. */
export const lookBack = (back: number): void =>
  whenPaused(() => {
    if (get().at === null && back === 0) return;
    const reached = newest.end - Math.min(back, mostBack());
    show(reached, reached === newest.end ? null : newest.upTo(reached));
  });

/** Shows a milestone's moment; training pauses first. */
export const lookAtMilestone = (step: number): void =>
  whenPaused(() => {
    const steps = atMilestones.get(step);
    if (steps) show(step, steps);
  });

/** All views show the present step again. */
export function backToNow(): void {
  if (get().at !== null) show(newest.end, null);
}

/** The last steps are about to be looked at: they are run again meanwhile. */
export function prepareLookingBack(): void {
  const { status } = useRun.getState();
  if (status === 'paused' && get().exact === null) send({ kind: 'recall' });
}

/**
 * The run halts at a milestone, all steps up to which have been told.
 * @param before those steps, where the run passed it before it was gone on with; null where they are not known
 */
export function keepMilestone(step: number, before?: StepRecords | null): void {
  atMilestones.set(step, before === undefined ? newest.upTo(step, 'own') : stepsOf(step, before));
  set({ milestones: [...get().milestones.filter(kept => kept !== step), step] });
}

function stepsOf(step: number, records: StepRecords | null): LiveSteps {
  const steps = new LiveSteps();
  steps.clear(records?.firstStep ?? step, newest.winnerCount);
  if (records) steps.push(records);
  return steps;
}

/** What came after `step` did not happen, or all is of another run. */
export function forgetMoments(after: number): void {
  wanted = null;
  backToNow();
  for (const step of atMilestones.keys()) if (step > after) atMilestones.delete(step);
  set({ milestones: [...atMilestones.keys()], exact: null });
}

/** The run has gone on: what was run again of it ends too early now. */
export function stepsCame(): void {
  backToNow();
  if (get().exact !== null) set({ exact: null });
}

/** Training has begun or ended. */
export function trainingChanged(playing: boolean): void {
  if (playing) backToNow();
  const look = wanted;
  wanted = null;
  set({ exact: null });
  if (!playing) look?.();
}

function whenPaused(look: () => void): void {
  if (useRun.getState().status === 'playing') {
    if (!wanted) pause();
    wanted = () => whenPaused(look);
  } else {
    prepareLookingBack();
    look();
  }
}

function show(step: number, past: LiveSteps | null): void {
  if (past) leaveStage();
  live.steps = past ?? newest;
  set({ at: past ? step : null });
  announceLiveChange();
}
