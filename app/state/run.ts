import { create } from 'zustand';
import type { Floors } from '../../engine/data/floors.ts';
import type { DataOrigin, OwnData } from '../../engine/data/own-data.ts';
import type { EngineChoice, EngineRequest } from '../../engine/engine-choice.ts';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import { defaultMilestones, type Milestone, type Summary } from '../../engine/measure/run-measure.ts';
import type { Settings } from '../../engine/model/config.ts';
import { parameterAt } from '../../engine/model/parameters.ts';
import { defaultPreset, type Preset } from '../../engine/model/presets.ts';
import { differingPaths, type SettingValue, withSetting } from '../../engine/model/settings.ts';
import type { Mode } from '../../engine/network.ts';
import type { NetworkFile } from '../worker/protocol.ts';
import { send } from './connection.ts';

export interface Notice {
  id: string;
  tone: 'info' | 'warning' | 'error';
  title: string;
  text: string;
  /** What helps, at the press of a button. */
  action?: { label: string; run: () => void };
  /** What can be done instead. */
  other?: { label: string; run: () => void };
}

export interface RunState {
  /** starting: no network yet. paused and playing: it stands. failed: there is none, and a notice says why. */
  status: 'starting' | 'paused' | 'playing' | 'failed';
  stage: 'adapter' | 'compiling' | null;
  requested: EngineRequest;
  choice: EngineChoice | null;
  /** What the running network has. */
  applied: Settings;
  /** What the controls show: `applied`, with changes that wait for a restart. */
  edited: Settings;
  /** Where the running network's own data came from; null where it learns a wave. */
  data: DataOrigin | null;
  mode: Mode;
  step: number;
  /** Where "run to" stops; null when it just runs. */
  until: number | null;
  /** Most steps a second; null for as fast as it goes. */
  speed: number | null;
  stepsPerSecond: number;
  summary: Summary | null;
  floors: Floors;
  history: { points: readonly HistoryPoint[]; width: number };
  milestoneSteps: readonly number[];
  milestones: readonly Milestone[];
  pinned: number | null;
  notices: readonly Notice[];
}

export const useRun = create<RunState>()(() => ({
  status: 'starting',
  stage: null,
  requested: 'auto',
  choice: null,
  applied: defaultPreset.settings,
  edited: defaultPreset.settings,
  data: null,
  mode: { learning: true, freeRun: false },
  step: 0,
  until: null,
  speed: null,
  stepsPerSecond: 0,
  summary: null,
  floors: { persistence: 0, noMemory: null },
  history: { points: [], width: 1 },
  milestoneSteps: defaultMilestones,
  milestones: [],
  pinned: null,
  notices: [],
}));

const get = useRun.getState;
const set = useRun.setState;

/** Settings whose edited value waits for a restart. */
export const pendingPaths = ({ applied, edited }: Pick<RunState, 'applied' | 'edited'>): string[] =>
  differingPaths(applied, edited).filter(path => parameterAt(path)?.effect === 'restart');

/** Starts a run of these settings, in the place of the one that stands, with whose data it goes on unless it has its own. */
export function openRun(settings: Settings, data?: OwnData): void {
  const { requested, milestoneSteps } = get();
  set({ status: 'starting', edited: settings });
  send({ kind: 'open', settings, engine: requested, milestones: milestoneSteps, ...(data && { data }) });
}

export const play = (): void => send({ kind: 'play', until: null, speed: get().speed });
export const pause = (): void => send({ kind: 'pause' });
export const togglePlay = (): void => (get().status === 'playing' ? pause() : play());
export const stepOnce = (): void => send({ kind: 'step', count: 1 });
export const runTo = (step: number): void => send({ kind: 'play', until: step, speed: get().speed });

/** The same run again, from step 0; changes that wait for a restart go on waiting. */
export function reset(): void {
  const { edited, applied } = get();
  openRun(applied);
  set({ edited });
}

/** A new run with all edited settings. */
export const applyPending = (): void => openRun(get().edited);
export const discardPending = (): void => set({ edited: get().applied });

/** Changes a setting: a live one at once, any other when applied. @throws ConfigError when the value is refused */
export function edit(path: string, value: SettingValue): void {
  const edited = withSetting(get().edited, path, value);
  if (parameterAt(path)?.effect === 'live') {
    set({ edited, applied: withSetting(get().applied, path, value) });
    send({ kind: 'set', path, value });
  } else set({ edited });
}

/** Starts a preset's run. */
export const choosePreset = (preset: Preset): void => openRun(preset.settings);

export function setSpeed(speed: number | null): void {
  const { status, until } = get();
  set({ speed });
  if (status === 'playing') send({ kind: 'play', until, speed });
}

/** From a divergence to the last good state, with half the learning rate. */
export const goBack = (): void => send({ kind: 'goBack', speed: get().speed });

/** From the CPU back to the GPU that was lost, or that there was none. */
export function tryGpu(): void {
  const { requested } = get();
  send({ kind: 'useGpu', engine: requested === 'cpu' ? 'auto' : requested });
}

export const setMode = (mode: Partial<Mode>): void => send({ kind: 'mode', mode });

export function setMilestones(steps: readonly number[]): void {
  set({ milestoneSteps: steps });
  send({ kind: 'milestones', steps });
}

export function pin(column: number | null): void {
  set({ pinned: column });
  send({ kind: 'pin', column });
}

export const save = (as: NetworkFile): void => send({ kind: 'save', as });

/** Goes on from a weights file. */
export function restore(file: File): void {
  const { requested, milestoneSteps } = get();
  send({ kind: 'restore', file, fileName: file.name, engine: requested, milestones: milestoneSteps });
}

export function notify(notice: Notice): void {
  set({ notices: [...get().notices.filter(n => n.id !== notice.id), notice] });
}

export const dismiss = (id: string): void => set({ notices: get().notices.filter(n => n.id !== id) });
