import { useId } from 'react';
import { Tip } from '../shared/Tip.tsx';
import { useRun } from '../state/run.ts';
import { chooseSpeed, startSlowMotion, useSlowMotion } from '../state/slow-motion.ts';

const slow = 'slow';
const speeds = [
  { value: 5, label: '5 steps/s' },
  { value: 50, label: '50 steps/s' },
  { value: 500, label: '500 steps/s' },
];

/** How fast it trains: from one step told phase by phase to all that the machine can do. */
export function Speed() {
  const id = useId();
  const speed = useRun(s => s.speed);
  const slowly = useSlowMotion(s => s.on);
  const choose = (value: string) => {
    if (value === slow) startSlowMotion();
    else chooseSpeed(value === '' ? null : Number(value));
  };
  return (
    <div className="transport-field">
      <label htmlFor={id}>Speed</label>
      <Tip text="How fast it trains: slowly enough to follow, or as fast as the machine can">
        <select
          id={id}
          className="field"
          value={slowly ? slow : (speed ?? '')}
          onChange={event => choose(event.target.value)}
        >
          <option value={slow}>Slow motion</option>
          {speeds.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
          <option value="">Full speed</option>
        </select>
      </Tip>
    </div>
  );
}
