import { Pause, Play, Square } from 'lucide-react';
import { type FormEvent, useId } from 'react';
import { networkCount } from '../../engine/population/sweep.ts';
import { formatCount } from '../charts/figures.ts';
import { Panel } from '../shared/Panel.tsx';
import { useRun } from '../state/run.ts';
import { EndField, RangeFields } from './RangeFields.tsx';
import { type FormReading, networkCounts } from './sweep-form.ts';
import {
  clearSweep,
  editForm,
  pauseSweep,
  resumeSweep,
  startSweep,
  stopSweep,
  useSweep,
} from './sweep-run.ts';
import { bestOf, lostInWords, summaryOf } from './sweep-words.ts';
import './sweep-setup.css';

/** What is swept, over how many networks and steps; and the buttons that start and stop it. */
export function SweepSetup({ reading }: { reading: FormReading }) {
  const id = useId();
  const form = useSweep(s => s.form);
  const settings = useRun(s => s.applied);
  const status = useSweep(s => s.status);
  const lost = useSweep(s => s.lost);
  const busy = status === 'starting' || status === 'running' || status === 'paused';
  const { problems } = reading;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reading.sweep) startSweep(reading.sweep, reading.steps);
  };
  return (
    <Panel title="Sweep" subtitle="Many networks, one signal, different settings" className="sweep-setup">
      <form onSubmit={submit}>
        <fieldset disabled={busy} className="sweep-form">
          <legend className="visually-hidden">What to sweep</legend>
          <RangeFields
            name="first"
            range={form.first}
            taken={form.second?.path ?? null}
            settings={settings}
            problems={problems}
            onChange={first => first && editForm({ first })}
          />
          <RangeFields
            name="second"
            range={form.second}
            taken={form.first.path}
            settings={settings}
            problems={problems}
            onChange={second => editForm({ second })}
          />
          <div className="sweep-sizes">
            <div className="sweep-field">
              <label htmlFor={id}>Networks</label>
              <select
                id={id}
                className="field"
                value={form.networks}
                onChange={event => editForm({ networks: Number(event.target.value) })}
              >
                {networkCounts.map(count => (
                  <option key={count} value={count}>
                    {form.second ? `${count} (${Math.sqrt(count)} × ${Math.sqrt(count)})` : count}
                  </option>
                ))}
              </select>
            </div>
            <EndField
              label="Steps each"
              text={form.steps}
              problem={problems?.get('steps')}
              onChange={steps => editForm({ steps })}
            />
          </div>
          <p className="sweep-hint">
            All else is as in the present run, which waits while a sweep trains.
            {reading.sweep
              ? ` ${formatCount(networkCount(reading.sweep) * reading.steps)} network steps in all.`
              : ''}
          </p>
        </fieldset>
        <div className="sweep-actions">
          <div className="sweep-buttons">
            {busy ? (
              <>
                {status === 'paused' ? (
                  <button type="button" className="button button-primary" onClick={resumeSweep}>
                    <Play size="1rem" aria-hidden />
                    Resume sweep
                  </button>
                ) : (
                  <button
                    type="button"
                    className="button button-primary"
                    disabled={status === 'starting'}
                    onClick={pauseSweep}
                  >
                    <Pause size="1rem" aria-hidden />
                    Pause sweep
                  </button>
                )}
                <button
                  type="button"
                  className="button"
                  onClick={status === 'starting' && !lost ? clearSweep : stopSweep}
                >
                  <Square size="0.875rem" aria-hidden />
                  Stop
                </button>
              </>
            ) : (
              <>
                <button type="submit" className="button button-primary" disabled={reading.sweep === null}>
                  <Play size="1rem" aria-hidden />
                  Start sweep
                </button>
                {status === 'idle' ? null : (
                  <button
                    type="button"
                    className="button"
                    title="Let go of these networks and their memory"
                    onClick={clearSweep}
                  >
                    Clear
                  </button>
                )}
              </>
            )}
          </div>
          <Progress />
        </div>
      </form>
    </Panel>
  );
}

function Progress() {
  const state = useSweep();
  const { status, started, report, choice, lost, problem } = state;
  const step = report?.step ?? 0;
  return (
    <>
      {started && status !== 'failed' ? (
        <div className="sweep-progress">
          <progress aria-label="Steps done" max={started.steps} value={step} />
          <p>
            <span>
              Step {formatCount(step)} of {formatCount(started.steps)}
            </span>
            {status === 'running' && report && choice ? (
              <span>
                {formatCount(report.stepsPerSecond)} network steps/s on the{' '}
                {choice.engine === 'gpu' ? 'GPU' : 'CPU'}
              </span>
            ) : (
              <span>{words[status]}</span>
            )}
          </p>
          {report && step > 0 ? <p className="sweep-best">{bestOf(started.sweep, report)}</p> : null}
        </div>
      ) : null}
      <p className="sweep-lost" role="status">
        {lost ? lostInWords(lost, status === 'starting' ? null : choice) : ''}
      </p>
      {problem ? (
        <div className="sweep-failure" role="alert">
          <strong>{problem.title}</strong>
          <p>{problem.text}</p>
        </div>
      ) : null}
      <p className="visually-hidden" role="status">
        {summaryOf(state)}
      </p>
    </>
  );
}

const words = {
  idle: '',
  starting: 'Making the networks…',
  running: 'Learning…',
  paused: 'Paused',
  done: 'Done',
  failed: '',
};
