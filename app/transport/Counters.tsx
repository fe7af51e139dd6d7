import type { ReactNode } from 'react';
import { Tip } from '../shared/Tip.tsx';
import { useRun } from '../state/run.ts';
import { EngineBadge } from './EngineBadge.tsx';
import './counters.css';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const significant = new Intl.NumberFormat('en', { minimumSignificantDigits: 2, maximumSignificantDigits: 2 });
const tiny = new Intl.NumberFormat('en', { notation: 'scientific', maximumSignificantDigits: 2 });

/** Two digits are what can be read while they change. */
function short(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return 'not a number';
  if (value >= 100) return whole.format(value);
  return value !== 0 && value < 1e-4 ? tiny.format(value) : significant.format(value);
}

/** Where the run stands, in numbers. */
export function Counters() {
  const step = useRun(s => s.step);
  const playing = useRun(s => s.status === 'playing');
  const rate = useRun(s => s.stepsPerSecond);
  const summary = useRun(s => s.summary);
  const measured = summary && summary.steps > 0 ? summary : null;
  return (
    <dl className="counters">
      <Counter
        name="Step"
        value={whole.format(step)}
        explanation="Steps done: one input, one prediction and one update each"
      />
      <Counter
        name="Steps/s"
        value={playing ? whole.format(rate) : '–'}
        explanation="Steps done in the last second of training"
      />
      <Counter
        name="Loss"
        value={short(measured && measured.rmse ** 2)}
        explanation="Mean squared error of the prediction over the last 1,000 steps"
      />
      <Counter
        name="Error ratio"
        value={short(measured?.ratio)}
        note="1 = repeating the last value"
        explanation="Error of the prediction, divided by the error of saying that the next value is the present one, over the last 1,000 steps. Below 1 the network knows more than that."
      />
      <div className="counter counter-engine">
        <dt>Engine</dt>
        <dd>
          <EngineBadge />
        </dd>
      </div>
    </dl>
  );
}

interface CounterProps {
  name: string;
  value: string;
  /** What the number means, where it does not go without saying. */
  note?: string;
  explanation: ReactNode;
}

function Counter({ name, value, note, explanation }: CounterProps) {
  return (
    <div className="counter">
      <dt>
        <Tip text={explanation}>
          <button type="button" className="counter-name">
            {name}
          </button>
        </Tip>
      </dt>
      <dd>
        {value}
        {note ? <small>{note}</small> : null}
      </dd>
    </div>
  );
}
