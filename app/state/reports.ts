import type { Settings } from '../../engine/model/config.ts';
import { parameterAt } from '../../engine/model/parameters.ts';
import { differingPaths, settingAt, withSetting } from '../../engine/model/settings.ts';
import { frameCame } from '../network/frames.ts';
import {
  diverged,
  engineNotice,
  moved,
  refused,
  resumed,
  stillOnCpu,
  wentBack,
  workerFailed,
} from '../notices/notice-texts.ts';
import { downloadNetwork, fileName } from '../weights/download.ts';
import type { Report } from '../worker/protocol.ts';
import { listen } from './connection.ts';
import { DrawTimer, useDrawRate } from './draw-rate.ts';
import { hearInspection } from './inspections.ts';
import { heardNotStored, heardStored, useKept } from './kept.ts';
import { announceLiveChange, drawingPace, live, newest } from './live.ts';
import { forgetMoments, keepMilestone, stepsCame, trainingChanged, useMoment } from './moment.ts';
import { dismiss, goBack, notify, pin, type RunState, tryGpu, useRun } from './run.ts';
import { hearCloseUp, leaveStage } from './slow-motion.ts';

const get = useRun.getState;
const set = useRun.setState;

/** Keeps the page's state in step with the worker. */
export function hearReports(): void {
  listen(hear, message => {
    set({ status: 'failed', stage: null });
    notify(workerFailed(message));
  });
}

/** Steps a second that can still be read one by one; beyond, the state changes only so often. */
const readableRate = 30;
const readableMilliseconds = 90;
/** Beyond, no picture can be followed from one to the next. */
const followedRate = 500;
const isTooFast = ({ status, stepsPerSecond }: RunState): boolean =>
  status === 'playing' && stepsPerSecond > followedRate && useDrawRate.getState().rate === 'every frame';
let shown = 0;
const drawing = new DrawTimer();
/** The newest figures that were not drawn: the last of a run are, when it ends. */
let undrawn: Partial<RunState> = {};

/** The worker refused a live setting; what it has instead comes with the next `changed`. */
let settingRefused = false;

type Handlers = { [K in Report['kind']]: (report: Extract<Report, { kind: K }>) => void };

const hear = (report: Report): void => (handlers[report.kind] as (report: Report) => void)(report);

const handlers: Handlers = {
  stage: ({ stage }) => set({ stage }),

  opened: ({ settings, data, choice, step, floors, mode, restoredFrom }) => {
    forgetMoments(-1);
    leaveStage();
    newest.clear(step, settings.network.winners);
    live.frame = null;
    useKept.setState({ id: null });
    undrawn = {};
    set({
      status: 'paused',
      stage: null,
      choice,
      applied: settings,
      edited: restoredFrom === null ? get().edited : settings,
      data,
      mode,
      step,
      until: null,
      stepsPerSecond: 0,
      summary: null,
      floors,
      history: { points: [], width: 1 },
      milestones: [],
    });
    for (const about of ['diverged', 'went-back', 'run', 'file', 'resumed', 'engine']) dismiss(about);
    const notice = engineNotice(choice, tryGpu);
    if (notice) notify(notice);
    if (restoredFrom !== null) notify(resumed(restoredFrom, step));
    const { pinned } = get();
    if (pinned !== null && pinned >= settings.network.columns) pin(null);
    announceLiveChange();
  },

  progress: ({ step, tail, summary, stepsPerSecond, history }) => {
    if (tail) {
      newest.push(tail);
      stepsCame();
    }
    const now = performance.now();
    undrawn = { ...undrawn, step, summary, stepsPerSecond, ...(history ? { history } : {}) };
    if (get().status === 'playing' && !drawing.due(useDrawRate.getState().rate, step, now)) return;
    if (isTooFast(get()) && !drawingPace.due(now)) return;
    announceLiveChange();
    // Views that draw follow every report; figures that change faster than they can be read only cost renders. The
    // last report of a run always carries its history.
    if (!history && stepsPerSecond > readableRate && now - shown < readableMilliseconds) return;
    shown = now;
    draw();
  },

  milestone: ({ milestone }) => set({ milestones: [...get().milestones, milestone] }),

  playing: ({ playing, until }) => {
    draw();
    set({ status: playing ? 'playing' : 'paused', until });
    trainingChanged(playing);
    if (playing) leaveStage();
    announceLiveChange();
  },

  milestoneReached: ({ step, steps }) => keepMilestone(step, steps),

  closeUp: ({ closeUp }) => hearCloseUp(closeUp),

  recalled: ({ exact }) => useMoment.setState({ exact }),

  changed: ({ settings, mode }) => {
    set({ applied: settings, mode });
    if (settingRefused) set({ edited: withLiveOf(get().edited, settings) });
    settingRefused = false;
  },

  floors: ({ floors }) => set({ floors }),

  diverged: report => {
    dismiss('went-back');
    notify(diverged(report, get().applied, goBack));
  },

  wentBack: ({ settings, choice, step }) => {
    backTo(step);
    set({ stage: null, choice, applied: settings, edited: withLiveOf(get().edited, settings) });
    dismiss('diverged');
    notify(wentBack(step, settings));
  },

  frame: ({ frame, at }) => {
    const { at: wanted } = useMoment.getState();
    // While a person drags through the past, steps on the way are shown too; they never replace the one that is wanted.
    const onTheWay = wanted !== null && at !== null && live.frame?.step !== wanted;
    // In slow motion the step is told from its close-up; only a newly pinned column is new.
    if (frame && live.overlay && live.frame) live.frame = { ...live.frame, column: frame.column };
    else if (frame && (at === wanted || onTheWay)) live.frame = frame;
    frameCame();
    // At full speed it is drawn with the steps that come next.
    if (!isTooFast(get())) announceLiveChange();
  },

  inspection: ({ inspection }) => hearInspection(inspection),

  stored: heardStored,

  notStored: heardNotStored,

  saved: ({ as, bytes, step }) => downloadNetwork(bytes, fileName(get().applied, step, as)),

  moved: report => {
    if (report.why === 'lost') backTo(report.step);
    set({ stage: null, choice: report.choice });
    notify(moved(report, tryGpu));
  },

  refused: ({ what, name, message }) => {
    const { status, choice, applied, edited } = get();
    if (what === 'setting') settingRefused = true;
    if (what === 'run') leaveStage();
    set({ stage: null });
    if (status === 'starting') {
      set({ status: choice ? 'paused' : 'failed' });
      if (choice) set({ edited: withLiveOf(edited, applied) });
    }
    if (what === 'engine') notify(stillOnCpu({ name, message }, tryGpu));
    else notify(refused(what, name, message, choice !== null));
  },
};

/** Takes the newest figures over into the page's state. */
function draw(): void {
  set(undrawn);
  undrawn = {};
}

/** The run stands at an earlier step again: what came after it did not happen. */
function backTo(step: number): void {
  const { applied, milestones } = get();
  forgetMoments(step);
  leaveStage();
  newest.clear(step, applied.network.winners);
  live.frame = null;
  undrawn = {};
  set({ step, milestones: milestones.filter(m => m.step <= step) });
  announceLiveChange();
}

/** `settings` with the live values of `source`: what waits for a restart goes on waiting. */
function withLiveOf(settings: Settings, source: Settings): Settings {
  return differingPaths(settings, source)
    .filter(path => parameterAt(path)?.effect === 'live')
    .reduce((changed, path) => withSetting(changed, path, settingAt(source, path)), settings);
}
