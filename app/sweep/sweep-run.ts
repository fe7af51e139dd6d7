import { create } from 'zustand';
import type { EngineChoice } from '../../engine/engine-choice.ts';
import type { Settings } from '../../engine/model/config.ts';
import type { Sweep } from '../../engine/population/sweep.ts';
import { dismiss, notify, pause, play, restore, runTo, useRun } from '../state/run.ts';
import { setSlowPlaying, useSlowMotion } from '../state/slow-motion.ts';
import { showView } from '../state/view.ts';
import type { ProgressReport, SweepCommand, SweepNews, SweepReport } from '../worker/sweep-protocol.ts';
import { firstExample, type SweepForm } from './sweep-form.ts';
import { nameOf } from './sweep-words.ts';

/** A sweep that was started: what it was asked for. */
export interface Started {
  readonly settings: Settings;
  readonly sweep: Sweep;
  readonly steps: number;
}

/** As `lost` in the worker's protocol. */
export type Lost = Pick<Extract<SweepNews, { kind: 'lost' }>, 'step' | 'from' | 'again'>;

export interface SweepState {
  form: SweepForm;
  /** idle: none was started. done: all steps were trained, or it was stopped. */
  status: 'idle' | 'starting' | 'running' | 'paused' | 'done' | 'failed';
  started: Started | null;
  choice: EngineChoice | null;
  report: ProgressReport | null;
  /** The GPU went away: as the worker told of it. */
  lost: Lost | null;
  /** Why it failed, or why a network could not be adopted. */
  problem: { title: string; text: string } | null;
  /** The network whose details stay in sight. */
  selected: number | null;
  /** The network that is on its way to the run. */
  adopting: number | null;
}

export const useSweep = create<SweepState>()(() => ({
  form: firstExample,
  status: 'idle',
  started: null,
  choice: null,
  report: null,
  lost: null,
  problem: null,
  selected: null,
  adopting: null,
}));

const get = useSweep.getState;
const set = useSweep.setState;

let worker: Worker | null = null;
/** Of the sweep that was started last. */
let id = 0;

/** The worker is made when it is first needed: most visits never sweep. */
function send(command: SweepCommand): void {
  if (!worker) {
    worker = new Worker(new URL('../worker/training.worker.ts', import.meta.url), {
      type: 'module',
      name: 'sweep',
    });
    worker.addEventListener('message', ({ data }: MessageEvent<SweepReport>) => {
      if (data.id === id) hear(data);
    });
    const failed = (message: string) => hear({ kind: 'failed', name: 'Error', message });
    worker.addEventListener('error', event => failed(event.message || 'Its worker could not be started.'));
    worker.addEventListener('messageerror', () => failed('A message of its worker could not be read.'));
  }
  worker.postMessage(command);
}

export const editForm = (changes: Partial<SweepForm>): void => set({ form: { ...get().form, ...changes } });

export function startSweep(sweep: Sweep, steps: number): void {
  const { applied: settings, requested } = useRun.getState();
  set({
    status: 'starting',
    started: { settings, sweep, steps },
    report: null,
    lost: null,
    problem: null,
    selected: null,
    adopting: null,
  });
  holdRun();
  id++;
  send({ kind: 'start', id, settings, sweep, steps, engine: requested });
}

export const pauseSweep = (): void => send({ kind: 'pause' });

export function resumeSweep(): void {
  holdRun();
  send({ kind: 'play' });
}

/** No more of it: what it came to stays, to be looked at and adopted. */
export function stopSweep(): void {
  send({ kind: 'stop' });
  set({ status: 'done' });
  releaseRun();
}

/** Lets go of the networks and all that is known of them. */
export function clearSweep(): void {
  worker?.terminate();
  worker = null;
  releaseRun();
  set({
    status: 'idle',
    started: null,
    report: null,
    lost: null,
    problem: null,
    selected: null,
    adopting: null,
  });
}

export const select = (member: number): void => set({ selected: member });

/** Makes a network the run: its settings and all that it has learned. */
export function adopt(member: number): void {
  if (get().status === 'running') pauseSweep();
  set({ adopting: member, problem: null });
  send({ kind: 'save', member });
}

/** The run that was playing when a sweep took its place, and to which step if to any. */
let held: { until: number | null } | null = null;

/** One of the two trains at a time: both would be half as fast. */
function holdRun(): void {
  const { status, until } = useRun.getState();
  if (status !== 'playing') return;
  held = { until };
  pause();
  notify({
    id: 'sweep',
    tone: 'info',
    title: 'The run is paused',
    text: 'A sweep is training in its place; the run goes on afterwards. Press Play to go on at once: the sweep then pauses.',
  });
}

/** The sweep is over: a run that was playing goes on. */
function releaseRun(): void {
  dismiss('sweep');
  if (held && useSlowMotion.getState().on) setSlowPlaying(true);
  else if (held?.until) runTo(held.until);
  else if (held) play();
  held = null;
}

useRun.subscribe((now, before) => {
  if (now.status !== 'playing' || before.status === 'playing') return;
  held = null;
  dismiss('sweep');
  // One that is still being made pauses as soon as it is.
  if (get().status === 'running' || get().status === 'starting') pauseSweep();
});

type Handlers = { [K in SweepNews['kind']]: (news: Extract<SweepNews, { kind: K }>) => void };

const hear = (news: SweepNews): void => (handlers[news.kind] as (news: SweepNews) => void)(news);

const handlers: Handlers = {
  started: ({ choice }) => set({ choice }),

  progress: report => set({ report }),

  playing: ({ playing, done }) => {
    if (playing) return set({ status: 'running' });
    set({ status: done ? 'done' : 'paused' });
    if (done) releaseRun();
    else dismiss('sweep');
  },

  saved: ({ member, bytes }) => {
    const { started } = get();
    set({ adopting: null });
    if (!started) return;
    restore(new File([bytes], `the sweep: ${nameOf(started.sweep, member)}`));
    showView('training');
    releaseRun();
  },

  unsaved: ({ message }) =>
    set({ adopting: null, problem: { title: 'This network cannot be adopted', text: message } }),

  lost: ({ step, from, again }) => {
    set({ lost: { step, from, again }, adopting: null });
    if (again) set({ status: 'starting' });
  },

  failed: ({ name, message }) => {
    releaseRun();
    const title = titles[name] ?? 'The sweep failed';
    set({ status: 'failed', adopting: null, report: null, lost: null, problem: { title, text: message } });
  },
};

const titles: Record<string, string> = {
  OutOfMemoryError: 'There is too little memory for these networks',
};
