import { useId } from 'react';
import { Tip } from '../shared/Tip.tsx';
import { type DrawRate, setDrawRate, useDrawRate } from '../state/draw-rate.ts';

const rates: { label: string; rate: DrawRate }[] = [
  { label: 'every frame', rate: 'every frame' },
  { label: '4 a second', rate: { perSecond: 4 } },
  { label: 'once a second', rate: { perSecond: 1 } },
  { label: 'every 100 steps', rate: { everySteps: 100 } },
  { label: 'every 1,000 steps', rate: { everySteps: 1000 } },
  { label: 'every 10,000 steps', rate: { everySteps: 10_000 } },
];

/** How often the page is drawn meanwhile: seldom is faster on a slow machine, and calmer for who watches. */
export function DrawChoice() {
  const id = useId();
  const chosen = useDrawRate(s => rates.findIndex(({ rate }) => rate === s.rate));
  return (
    <div className="draw-choice">
      <label htmlFor={id}>Draw</label>
      <Tip text="How often the page is drawn while it trains: less often leaves more for the training">
        <select
          id={id}
          className="field draw-choice-field"
          value={chosen}
          onChange={event => setDrawRate(rates[Number(event.target.value)]!.rate)}
        >
          {rates.map(({ label }, i) => (
            <option key={label} value={i}>
              {label}
            </option>
          ))}
        </select>
      </Tip>
    </div>
  );
}
