import { type RefObject, useEffect } from 'react';
import { send } from '../state/connection.ts';
import { drawingPace, onLiveChange } from '../state/live.ts';
import { useMoment } from '../state/moment.ts';
import { type RunState, useRun } from '../state/run.ts';

/** Single steps are shown as they come. Of thousands a second only samples can be, and too many of them flicker. */
const slowInterval = 1000 / 30;
const fastInterval = 1000 / 8;
const reducedMotionInterval = 1000;
const flickering = 40;
/** A request that a replaced network never answered is given up after this long. */
const patience = 1000;

const watchers = new Set<Element>();
const visible = new Set<Element>();
let wanted = true;
let askedAt = Number.NEGATIVE_INFINITY;
let answered = true;
let came = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let stop = () => {};

function interval({ status, stepsPerSecond }: RunState): number {
  if (status !== 'playing' || stepsPerSecond < flickering) return slowInterval;
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return reducedMotionInterval;
  // Where drawing is dear, this picture, the dearest, is in every second one.
  return Math.max(fastInterval, 1.9 * drawingPace.interval);
}

/** Asks for a frame when one is wanted and seen, the last one has come, and its time is over. */
function ask(): void {
  clearTimeout(timer);
  if (!wanted || visible.size === 0 || document.hidden) return;
  const elapsed = performance.now() - askedAt;
  const wait = answered ? interval(useRun.getState()) - elapsed : patience - elapsed;
  if (wait > 1) {
    timer = setTimeout(ask, wait);
    return;
  }
  wanted = answered = false;
  askedAt = performance.now();
  send({ kind: 'frame', at: useMoment.getState().at });
}

/** The frame that was asked for has come, or word that there is none: the next is asked for when it has been drawn. */
export function frameCame(): void {
  came = true;
}

function start(): () => void {
  const want = () => {
    wanted = true;
    // Actions change the store first and send their command next; the frame is to come after it.
    queueMicrotask(ask);
  };
  const stopRun = useRun.subscribe((now, before) => {
    const changed =
      now.step !== before.step ||
      now.pinned !== before.pinned ||
      now.status !== before.status ||
      now.applied !== before.applied ||
      now.mode !== before.mode;
    if (changed) want();
  });
  const stopMoment = useMoment.subscribe((now, before) => {
    if (now.at !== before.at) want();
  });
  const stopLive = onLiveChange(() => {
    if (!came) return;
    came = false;
    answered = true;
    ask();
  });
  document.addEventListener('visibilitychange', ask);
  want();
  return () => {
    stopRun();
    stopMoment();
    stopLive();
    document.removeEventListener('visibilitychange', ask);
    clearTimeout(timer);
  };
}

/** Keeps `live.frame` up to date while the element is in sight. */
export function useFrames(ref: RefObject<Element | null>): void {
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    if (watchers.size === 0) stop = start();
    watchers.add(element);
    const seeing = new IntersectionObserver(entries => {
      if (entries.at(-1)!.isIntersecting) visible.add(element);
      else visible.delete(element);
      ask();
    });
    seeing.observe(element);
    return () => {
      seeing.disconnect();
      visible.delete(element);
      watchers.delete(element);
      if (watchers.size === 0) stop();
    };
  }, [ref]);
}
