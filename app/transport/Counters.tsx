import { useMemo } from 'react';
import type { Summary } from '../../engine/measure/run-measure.ts';
import { formatCount, formatError, formatRatio } from '../charts/figures.ts';
import { Explained } from '../guide/Explained.tsx';
import { useMoment } from '../state/moment.ts';
import { useRun } from '../state/run.ts';
import { useShownSummary } from '../time/shown-summary.ts';
import { EngineBadge } from './EngineBadge.tsx';
import './counters.css';

/** What stands where there is nothing to count. */
const none = '–';

function ratioOf(summary: Pick<Summary, 'ratio'> | null): string {
  if (typeof summary?.ratio !== 'number') return none;
  return summary.ratio < 1000 ? formatRatio(summary.ratio) : formatError(summary.ratio);
}

/** Where the run stands, in numbers. */
export function Counters() {
  const past = useMoment(s => s.at);
  const step = useRun(s => past ?? s.step);
  const playing = useRun(s => s.status === 'playing');
  const rate = useRun(s => s.stepsPerSecond);
  const summary = useShownSummary(useRun(s => s.summary));
  const measured = summary && summary.steps > 0 && Number.isFinite(summary.rmse) ? summary : null;
  return (
    <dl className="counters" data-long={step >= 1e6}>
      <Counter
        name="Step"
        value={formatCount(step)}
        explanation="Steps done: one input, one prediction and one update each"
      />
      <Counter
        name="Steps/s"
        value={playing ? formatCount(rate) : none}
        explanation="Steps done in the last second of training"
      />
      <Counter
        name="Loss"
        value={measured ? formatError(measured.rmse ** 2) : none}
        explanation="Mean squared error of the prediction over the last 1,000 steps"
      />
      <Counter
        name="Error ratio"
        value={ratioOf(measured)}
        note="1 = repeating"
        explanation="Error of the prediction, divided by the error of saying that the next value is the present one, over the last 1,000 steps: the ratio to persistence. Below 1 the network knows more than that."
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
  explanation: string;
}

function Counter({ name, value, note, explanation }: CounterProps) {
  // Values change many times a second, and their names never.
  const about = useMemo(
    () => <Explained name={name} className="counter-name" side="bottom" texts={[explanation]} />,
    [name, explanation],
  );
  return (
    <div className="counter">
      <dt>{about}</dt>
      <dd>
        {value}
        {note ? <small>{note}</small> : null}
      </dd>
    </div>
  );
}
