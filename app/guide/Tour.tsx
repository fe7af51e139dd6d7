import { Popover } from 'radix-ui';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useMedia } from '../shared/use-media.ts';
import { pause, play, useRun } from '../state/run.ts';
import { startSlowMotion, useSlowMotion } from '../state/slow-motion.ts';
import { showView } from '../state/view.ts';
import { closeGuide } from './guide-state.ts';
import { Spotlight } from './Spotlight.tsx';
import { tourSteps } from './tour-steps.ts';
import { WithTerms } from './WithTerms.tsx';
import './tour.css';

/** Six steps through the page, each beside what it speaks of, with the run doing it. */
export default function Tour() {
  const [at, setAt] = useState(0);
  const [found] = useState(() => (useSlowMotion.getState().on ? 'slow' : useRun.getState().status));
  const target = useTarget(at);

  // First, so that what it undoes is undone before the run is left as it was found.
  useEffect(() => tourSteps[at]!.enter(), [at]);
  useEffect(() => {
    showView('training');
    return () => {
      if (found === 'playing') play();
      else pause();
      if (found === 'slow') void startSlowMotion();
    };
  }, [found]);

  return target ? (
    <>
      <Spotlight key={at} target={target} />
      <Caption key={`caption ${at}`} at={at} target={target} onGo={setAt} />
    </>
  ) : null;
}

/** What a step looks at, once it stands on the page, scrolled into sight. */
function useTarget(at: number): HTMLElement | null {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const { target: selector } = tourSteps[at]!;
    let found: HTMLElement | null = null;
    let looks = 0;
    const look = () => {
      looks++;
      // Panels that come or go move the others: a moment later it is looked where this one has gone.
      if (found?.isConnected && looks !== 5 && looks !== 12) return;
      const element = document.querySelector<HTMLElement>(selector);
      if (!element) return;
      found = element;
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const narrow = matchMedia('(max-width: 56.25em)').matches;
      element.scrollIntoView({
        behavior: still ? 'auto' : 'smooth',
        block: narrow ? 'start' : 'nearest',
        inline: 'nearest',
      });
      setTarget(element);
    };
    look();
    // Charts come a moment after the page, and a panel may give way to another.
    const timer = setInterval(look, 100);
    return () => clearInterval(timer);
  }, [at]);
  return target;
}

/** On a phone a caption stands there, below what it speaks of. */
const lowerEdge = { getBoundingClientRect: () => new DOMRect(0, innerHeight, innerWidth, 0) };

interface CaptionProps {
  at: number;
  target: HTMLElement;
  onGo: (at: number) => void;
}

function Caption({ at, target, onGo }: CaptionProps) {
  const id = useId();
  const narrow = useMedia('(max-width: 56.25em)');
  const anchor = useRef<{ getBoundingClientRect(): DOMRect }>(target);
  anchor.current = narrow ? lowerEdge : target;
  const { title, text, side, doing, action } = tourSteps[at]!;
  const [doingNow] = useState(() => doing(useRun.getState().step));
  const last = at === tourSteps.length - 1;

  const leave = () => {
    closeGuide();
    document.querySelector<HTMLElement>('.guide-button')?.focus();
  };
  const next = () => (last ? leave() : onGo(at + 1));
  const back = () => at > 0 && onGo(at - 1);
  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') next();
    else if (event.key === 'ArrowLeft') back();
    else return;
    event.preventDefault();
  };

  return (
    <Popover.Root open>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className="floating tour-caption"
          side={narrow ? 'top' : side}
          sideOffset={narrow ? 8 : 14}
          collisionPadding={narrow ? 8 : 12}
          aria-labelledby={id}
          aria-describedby={`${id}-text`}
          onKeyDown={key}
          onEscapeKeyDown={leave}
          onInteractOutside={event => event.preventDefault()}
          onOpenAutoFocus={event => {
            event.preventDefault();
            (event.currentTarget as HTMLElement).querySelector<HTMLElement>('[data-next]')?.focus();
          }}
          onCloseAutoFocus={event => event.preventDefault()}
        >
          <p className="tour-place">
            Step {at + 1} of {tourSteps.length}
          </p>
          <h2 id={id}>{title}</h2>
          <p id={`${id}-text`}>
            <WithTerms text={text} />
          </p>
          <p className="tour-doing">
            {doingNow}
            {action ? (
              <button type="button" className="button" onClick={action.run}>
                {action.label}
              </button>
            ) : null}
          </p>
          <div className="tour-actions">
            <button type="button" className="button tour-skip" onClick={leave}>
              {last ? 'Close' : 'Skip'}
            </button>
            {at > 0 ? (
              <button type="button" className="button" onClick={back}>
                Back
              </button>
            ) : null}
            <button type="button" className="button button-primary" data-next onClick={next}>
              {last ? 'Done' : 'Next'}
            </button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
