import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { send } from '../state/connection.ts';
import { onInspection } from '../state/inspections.ts';
import { announceLiveChange, live, newest } from '../state/live.ts';
import { useMoment } from '../state/moment.ts';
import { useRun } from '../state/run.ts';
import { stepsBack } from '../time/reach.ts';
import type { Inspection, InspectionAnswer, InspectionView } from '../worker/inspection-views.ts';
import { CellSteps } from './cell-steps.ts';

type Kind = InspectionView['kind'];
export type AnswerOf<K extends Kind> = Extract<InspectionAnswer, { kind: K }>;
/** With steps done when the weights were such. */
export type Answered<K extends Kind> = AnswerOf<K> & { readonly step: number };

/** A view that a panel wants to be answered. */
interface Want {
  view: InspectionView;
  /** Milliseconds between answers while training goes on. */
  interval: number;
  visible: boolean;
  /** When it was last asked for, and what was asked and stood then. */
  askedAt: number;
  asked: InspectionView | null;
  stood: number;
  /** The moment that it was asked of; null for now. */
  of: number | null;
}

const tickMilliseconds = 100;
/** The worker that answers is the one that trains: answers take at most this share of its time while training goes on. */
const answerShare = 1 / 20;
/** Whoever goes through the past rests this long at a step before its weights are run again for. */
const momentMilliseconds = 250;
/** A request that was never answered is given up after this long. */
const patience = 5000;

const wants = new Set<Want>();
const answers = new Map<Kind, { network: number; answer: InspectionAnswer & { step: number } }>();
const listeners = new Set<() => void>();
let network = -1;
let cells: CellSteps | null = null;
/** What cells did before a milestone that was looked back at; and whether that was asked, and is settled. */
interface MilestoneCells {
  readonly steps: CellSteps;
  asked: boolean;
  answered: boolean;
}
const ofMilestones = new Map<number, MilestoneCells>();
let waitingSince: number | null = null;
/** Until when nothing is asked again that was answered before; but what cells did costs little more to hand over. */
let restUntil = Number.NEGATIVE_INFINITY;
/** Whether the worker looks at steps one by one. */
let watching = false;
/** Steps done when those before were last asked to be run again. */
let pastOf = -1;
/** The moment that is looked back at, and since when. */
let moment = { at: null as number | null, since: Number.NEGATIVE_INFINITY };
let stop = () => {};

/** What cells did at the last steps; empty for a network that was not looked at yet. */
export const cellSteps = (config: NetworkConfig): CellSteps => stepsOf(config, farMilestone());

/** The milestone that is looked back at, if it lies before all steps that can be gone back to. */
export function farMilestone(): number | null {
  const { at } = useMoment.getState();
  return at !== null && at < newest.end - stepsBack ? at : null;
}

/** Whether it is settled what can be known of the cells before a milestone. */
export const isAnswered = (milestone: number): boolean => ofMilestones.get(milestone)?.answered ?? false;

function beforeMilestone(config: NetworkConfig, milestone: number): MilestoneCells {
  const known = ofMilestones.get(milestone);
  if (known?.steps.fits(config)) return known;
  const fresh = { steps: new CellSteps(config), asked: false, answered: false };
  ofMilestones.set(milestone, fresh);
  return fresh;
}

function stepsOf(config: NetworkConfig, milestone: number | null): CellSteps {
  if (milestone !== null) return beforeMilestone(config, milestone).steps;
  if (!cells?.fits(config)) cells = new CellSteps(config);
  return cells;
}

function take(inspection: Inspection | null): void {
  waitingSince = null;
  if (!inspection) return;
  restUntil = Math.max(restUntil, performance.now() + inspection.took / answerShare);
  if (inspection.network !== network) {
    network = inspection.network;
    cells = null;
    pastOf = -1;
    for (const known of [answers, ofMilestones]) known.clear();
  }
  for (const answer of inspection.answers) {
    if (answer.kind === 'cells') takeCells(answer);
    else answers.set(answer.kind, { network, answer: { ...answer, step: inspection.step } });
  }
  for (const listener of listeners) listener();
}

function takeCells({ stretches, milestone }: AnswerOf<'cells'>): void {
  const { network: config } = useRun.getState().applied;
  if (milestone !== null) beforeMilestone(config, milestone).answered = true;
  for (const stretch of stretches) {
    // Of a network that has gone meanwhile, with other sizes.
    if (stretch.predicted.length !== stretch.count * config.columns * config.cellsPerColumn) return;
    if (stretch.winners.length !== stretch.count * config.winners) return;
    stepsOf(config, milestone).push(stretch);
  }
  if (stretches.length > 0 || milestone !== null) announceLiveChange();
}

function isDue(want: Want, now: number): boolean {
  if (!want.visible) return false;
  const passing = moment.at !== null && now - moment.since < momentMilliseconds;
  if (want.view.kind !== 'cells' && passing) return false;
  if (want.asked !== want.view || want.of !== moment.at) return true;
  if (live.steps.end === want.stood) return false;
  if (want.view.kind !== 'cells' && now < restUntil && useRun.getState().status === 'playing') return false;
  const slowly = matchMedia('(prefers-reduced-motion: reduce)').matches ? 4 : 1;
  return now - want.askedAt >= want.interval * slowly;
}

function ask(): void {
  const now = performance.now();
  if (waitingSince !== null && now - waitingSince < patience) return;
  const shown = document.hidden ? [] : [...wants];
  const due = shown.filter(want => isDue(want, now));
  const watched = shown.filter(want => want.visible && want.view.kind === 'cells');
  const watch = watched.length > 0;
  if (watch) askForPast();
  if (due.length === 0 && watch === watching) return;
  // The worker goes on looking at steps one by one only while it is asked to.
  due.push(...watched.filter(want => !due.includes(want)));
  for (const want of due) {
    want.askedAt = now;
    want.asked = want.view;
    want.stood = live.steps.end;
    want.of = moment.at;
  }
  watching = watch;
  waitingSince = now;
  send({ kind: 'inspect', views: [...new Set(due.map(want => want.view))], at: moment.at });
}

/** A run that rests can be gone over again, for what cells did before anybody looked. */
function askForPast(): void {
  const { status, applied } = useRun.getState();
  const { end, first } = newest;
  if (status !== 'paused' || network < 0) return;
  const milestone = farMilestone();
  if (milestone !== null) {
    const before = beforeMilestone(applied.network, milestone);
    if (before.asked) return;
    before.asked = true;
    send({ kind: 'inspect', views: [{ kind: 'past' }], at: milestone });
    return;
  }
  const steps = cellSteps(applied.network);
  const wanted = Math.min(end - first, steps.capacity);
  if (pastOf === end || wanted < 2) return;
  if (steps.has(end - 1) && end - steps.since(end - 1, wanted) >= wanted) return;
  pastOf = end;
  send({ kind: 'inspect', views: [{ kind: 'past' }] });
}

function start(): () => void {
  moment = { at: useMoment.getState().at, since: Number.NEGATIVE_INFINITY };
  const timer = setInterval(ask, tickMilliseconds);
  const hush = onInspection(take);
  const unfollow = useMoment.subscribe(({ at }) => {
    if (at === moment.at) return;
    moment = { at, since: performance.now() };
    // Whoever comes back asks again for what was not known, or not all run again in time.
    for (const [milestone, before] of ofMilestones)
      if (!before.steps.has(milestone - 1)) before.asked = before.answered = false;
  });
  return () => {
    clearInterval(timer);
    hush();
    unfollow();
    waitingSince = null;
    if (watching) send({ kind: 'inspect', views: [] });
    watching = false;
  };
}

/**
 * The newest answer to a view, which is asked for while the element is in sight and the run has moved on, at most once in
 * `interval` milliseconds; or the answer of the moment that is looked back at. What cells did is in `cellSteps`.
 * @param view must stay the same object while it asks for the same; null asks for nothing
 */
export function useInspection<K extends Kind>(
  ref: RefObject<Element | null>,
  kind: K,
  view: Extract<InspectionView, { kind: K }> | null,
  interval: number,
): Answered<K> | null {
  const want = useRef<Want | null>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element || !view) return;
    const own: Want = { view, interval, visible: false, askedAt: 0, asked: null, stood: -1, of: null };
    want.current = own;
    if (wants.size === 0) stop = start();
    wants.add(own);
    const seeing = new IntersectionObserver(entries => {
      own.visible = entries.at(-1)!.isIntersecting;
      ask();
    });
    seeing.observe(element);
    return () => {
      seeing.disconnect();
      wants.delete(own);
      if (wants.size === 0) stop();
    };
  }, [ref, view, interval]);
  const known = useSyncExternalStore(subscribe, () => answers.get(kind));
  return known?.network === network ? (known.answer as Answered<K>) : null;
}

const cellsView = { kind: 'cells' } as const;
const cellsMilliseconds = 250;

/** Keeps `cellSteps` up to date while the element is in sight. */
export function useCells(ref: RefObject<Element | null>): void {
  useInspection(ref, 'cells', cellsView, cellsMilliseconds);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
