import { Moon, Pause, Play, RotateCcw, Snowflake, StepForward } from 'lucide-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { formatCount } from '../charts/figures.ts';
import { Tip } from '../shared/Tip.tsx';
import { plainNumber } from '../shared/typed-number.ts';
import { useMedia } from '../shared/use-media.ts';
import { reset, runTo, setMode, useRun } from '../state/run.ts';
import { useSlowMotion } from '../state/slow-motion.ts';
import { step, togglePlay } from './pace-actions.ts';
import { Speed } from './Speed.tsx';
import './transport.css';
import { useTransportKeys } from './keys.ts';

/** Starts, stops and paces the training. */
export function Transport() {
  useTransportKeys();
  return (
    <div className="transport">
      <PlayControls />
      <div className="transport-more">
        <RunTo />
        <Speed />
        <Modes />
      </div>
    </div>
  );
}

function PlayControls() {
  const status = useRun(s => s.status);
  const standing = status === 'playing' || status === 'paused';
  const slow = useSlowMotion(s => s.on);
  const playing = useSlowMotion(s => s.playing) || status === 'playing';
  // Where motion is not wanted, phases do not follow each other by themselves.
  const still = useMedia('(prefers-reduced-motion: reduce)') && slow;
  return (
    <div className="transport-main">
      <Tip text="Begin again from step 0: the same seed gives the same run" shortcut="R">
        <button
          type="button"
          className="button button-icon"
          aria-label="Reset"
          disabled={status === 'starting'}
          onClick={reset}
        >
          <RotateCcw size="1rem" aria-hidden />
        </button>
      </Tip>
      <Tip text={playing ? 'Pause training' : 'Train on and on'} shortcut="Space">
        <button
          type="button"
          className="button button-primary transport-play"
          disabled={!standing || (still && !playing)}
          onClick={togglePlay}
        >
          {playing ? <Pause size="1.0625rem" aria-hidden /> : <Play size="1.0625rem" aria-hidden />}
          {playing ? 'Pause' : 'Play'}
        </button>
      </Tip>
      <Tip text={slow ? 'Go on to the next phase of the step' : 'Train one step'} shortcut="S">
        <button
          type="button"
          className="button button-icon"
          aria-label={slow ? 'Next phase' : 'Step'}
          disabled={!standing}
          onClick={step}
        >
          <StepForward size="1rem" aria-hidden />
        </button>
      </Tip>
    </div>
  );
}

function RunTo() {
  const id = useId();
  const [text, setText] = useState('10000');
  const field = useRef<HTMLInputElement>(null);
  const until = useRun(s => s.until);
  const standing = useRun(s => s.status === 'playing' || s.status === 'paused');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    runTo(Number(plainNumber(text)));
  };
  // Asked on the click, which Enter makes too: a run that has come to its step leaves the field a good answer.
  const check = () => {
    const { step } = useRun.getState();
    const target = Number(plainNumber(text));
    const past = `Step ${formatCount(step)} is done already: choose a later one, or reset.`;
    const problem = Number.isSafeInteger(target) ? past : 'Enter a whole number of steps.';
    field.current?.setCustomValidity(target > step && problem === past ? '' : problem);
  };
  return (
    <form className="transport-field" onSubmit={submit}>
      <label htmlFor={id}>Run to step</label>
      <Tip text="Train up to a step, then pause there: the same seed comes to the same state">
        <input
          id={id}
          className="field transport-target"
          inputMode="numeric"
          autoComplete="off"
          required
          value={text}
          ref={field}
          onChange={event => {
            event.target.setCustomValidity('');
            setText(event.target.value);
          }}
        />
      </Tip>
      <Tip text="Train up to this step, then pause">
        <button
          type="submit"
          className="button"
          disabled={!standing}
          aria-pressed={until !== null}
          onClick={check}
        >
          Run
        </button>
      </Tip>
    </form>
  );
}

function Modes() {
  const { learning, freeRun } = useRun(s => s.mode);
  const standing = useRun(s => s.choice !== null);
  return (
    <div className="transport-modes">
      <Tip text="Hold the weights still: the network goes on predicting, but no longer learns">
        <button
          type="button"
          className="button"
          aria-pressed={!learning}
          disabled={!standing}
          onClick={() => setMode({ learning: !learning })}
        >
          <Snowflake size="0.9375rem" aria-hidden />
          Freeze
        </button>
      </Tip>
      <Tip text="Feed the network its own predictions instead of the signal; a network that dreams does not learn">
        <button
          type="button"
          className="button"
          aria-pressed={freeRun}
          disabled={!standing}
          onClick={() => setMode({ freeRun: !freeRun })}
        >
          <Moon size="0.9375rem" aria-hidden />
          Dream
        </button>
      </Tip>
    </div>
  );
}
