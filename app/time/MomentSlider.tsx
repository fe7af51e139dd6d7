import { ArrowRightToLine } from 'lucide-react';
import { Slider } from 'radix-ui';
import { type KeyboardEvent, useEffect } from 'react';
import { formatCount } from '../charts/figures.ts';
import { leftToScrolling } from '../shared/touched-track.ts';
import { backToNow, lookBack, mostBack, prepareLookingBack, useMoment } from '../state/moment.ts';
import { useRun } from '../state/run.ts';
import { statesKept, stepsBack } from './reach.ts';

/** While it rests, the CPU engine runs the last steps again by itself, to answer at once. */
const restMilliseconds = 400;

/** Goes back over the last steps, and says so when what is seen is past. */
export function MomentSlider() {
  // While it trains there is nothing of it to show here, and it changes all the time.
  const step = useRun(s => (s.status === 'playing' ? 0 : s.step));
  const status = useRun(s => s.status);
  const engine = useRun(s => s.choice?.engine);
  const remembers = useRun(s => statesKept(s.applied.network) > 0);
  const at = useMoment(s => s.at);
  const milestone = useMoment(s => s.at !== null && s.milestones.includes(s.at));
  const exact = useMoment(s => s.exact);
  const most = useRun(mostBack);
  const standing = status === 'playing' || status === 'paused';

  // biome-ignore lint/correctness/useExhaustiveDependencies: another step, another rest
  useEffect(() => {
    if (status !== 'paused' || engine !== 'cpu' || !remembers || most === 0) return;
    const timer = setTimeout(prepareLookingBack, restMilliseconds);
    return () => clearTimeout(timer);
  }, [status, engine, remembers, step]);

  const back = at === null ? 0 : step - at;
  const name =
    at === null ? (status === 'playing' ? 'Now' : `Now, step ${formatCount(step)}`) : momentName(at, back);
  const leap = (event: KeyboardEvent) => {
    if (event.key === 'Escape') backToNow();
    const leaps = { PageUp: -100, PageDown: 100 } as Record<string, number>;
    const by = leaps[event.key];
    if (by === undefined || !event.shiftKey) return;
    event.preventDefault();
    lookBack(Math.max(0, back + by));
  };
  return (
    <>
      <span className="time-bar-name">Moment</span>
      <Slider.Root
        className="slider moment-slider"
        min={-Math.max(stepsBack, back)}
        max={0}
        value={[-back]}
        disabled={!standing || !remembers || most === 0}
        onPointerEnter={prepareLookingBack}
        onPointerDown={leftToScrolling}
        onFocus={prepareLookingBack}
        onKeyDown={leap}
        onValueChange={([position]) => lookBack(-position!)}
      >
        <Slider.Track className="slider-track">
          <span
            className="moment-slider-held"
            style={{ width: `${(100 * most) / Math.max(stepsBack, back)}%` }}
          />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label="Moment" aria-valuetext={name} />
      </Slider.Root>
      {at === null ? (
        <span className="moment-now">
          {remembers ? momentHint(most) : 'This network is too large to go back in time'}
        </span>
      ) : (
        <>
          <strong className="moment-past">{name}</strong>
          {milestone ? <span className="moment-note">snapshot</span> : null}
          {exact === false && !milestone ? (
            <span
              className="moment-note"
              title="Run again, these steps came out differently in the last digits."
            >
              within rounding
            </span>
          ) : null}
          <button type="button" className="button moment-back" onClick={backToNow}>
            Now
            <ArrowRightToLine size="0.875rem" aria-hidden />
          </button>
        </>
      )}
    </>
  );
}

const momentName = (at: number, back: number): string =>
  `Step ${formatCount(at)} · ${formatCount(back)} back`;

const momentHint = (most: number): string =>
  most === 0 ? 'Now' : `Now · drag to go back up to ${formatCount(most)} steps`;
