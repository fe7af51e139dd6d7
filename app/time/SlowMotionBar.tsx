import { useId } from 'react';
import { formatCount, formatTick } from '../charts/figures.ts';
import { useSlowMotion } from '../state/slow-motion.ts';
import { phases } from './phases.ts';
import './slow-motion.css';

const paces = [0.4, 0.8, 1.5, 3, 6];

/** Names the phase of the step that is shown, and says in a sentence what happens in it. */
export function SlowMotionBar() {
  const shown = useSlowMotion(s => s.shown);
  const secondsPerPhase = useSlowMotion(s => s.secondsPerPhase);
  const id = useId();
  return (
    <>
      <ol className="slow-phases" aria-label="Phases of a step">
        {phases.map(({ name, label }) => (
          <li key={name} aria-current={shown?.phase === name ? 'step' : undefined}>
            {label}
          </li>
        ))}
      </ol>
      <p className="slow-caption" role="status">
        <span>
          {shown ? <span className="slow-step">Step {formatCount(shown.step)}. </span> : null}
          {shown?.caption ?? 'Press Play, or go through a step phase by phase with the button beside it.'}
        </span>
      </p>
      <label className="slow-pace-label" htmlFor={id}>
        A phase takes
      </label>
      <select
        id={id}
        className="field slow-pace"
        value={secondsPerPhase}
        onChange={event => useSlowMotion.setState({ secondsPerPhase: Number(event.target.value) })}
      >
        {paces.map(seconds => (
          <option key={seconds} value={seconds}>
            {formatTick(seconds)} s
          </option>
        ))}
      </select>
    </>
  );
}
