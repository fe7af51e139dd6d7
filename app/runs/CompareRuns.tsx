import { ArrowLeft } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { stepsFrom } from '../charts/axis-ticks.ts';
import { formatCount, formatError, formatRatio } from '../charts/figures.ts';
import { StepScaleChoice } from '../charts/StepScaleChoice.tsx';
import type { StepScale } from '../charts/step-axes.tsx';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { Panel } from '../shared/Panel.tsx';
import type { RunRecord } from '../storage/record.ts';
import { curveOf, marks } from './curves.ts';
import { differencesOf } from './differences.ts';
import { overlay } from './overlay.ts';
import '../charts/plots.css';

const ComparePlot = lazy(() => import('./ComparePlot.tsx'));

interface CompareRunsProps {
  /** Two or more. */
  runs: readonly RunRecord[];
  onBack: () => void;
}

/** Runs beside each other: their errors, their milestones, and what was set differently. */
export function CompareRuns({ runs, onBack }: CompareRunsProps) {
  const [scale, setScale] = useState<StepScale>('log');
  const rows = useMemo(() => overlay(runs.map(curveOf)), [runs]);
  const from = Math.min(...runs.map(({ history: { points, width } }) => stepsFrom(points, width)));
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const best = runs
    .map((run, i) => ({ letter: marks[i]!.letter, ratio: run.summary.ratio ?? Number.POSITIVE_INFINITY }))
    .reduce((a, b) => (b.ratio < a.ratio ? b : a));
  const summary =
    `Error curves of ${runs.map((run, i) => `${marks[i]!.letter}, ${run.name}`).join('; ')}.` +
    (Number.isFinite(best.ratio) ? ` ${best.letter} ends with the lowest error ratio.` : '');
  return (
    <>
      <Panel
        className="compare-chart"
        title={`Comparing ${formatCount(runs.length)} runs`}
        subtitle="Root mean squared error over the steps of each run"
        actions={
          <>
            <StepScaleChoice value={scale} onChange={setScale} />
            <ChartDownload
              chart="the comparison"
              stem="deephtm"
              name="comparison"
              title="Root mean squared error over the steps of each run"
            />
            <button ref={back} type="button" className="button" onClick={onBack}>
              <ArrowLeft size="0.9375rem" aria-hidden />
              All runs
            </button>
          </>
        }
      >
        <ul className="compare-legend" data-legend>
          {runs.map((run, i) => (
            <li key={run.id}>
              <Mark index={i} />
              {run.name}
            </li>
          ))}
        </ul>
        <div className="plot-area compare-area">
          <div className="plot-frame">
            <Suspense fallback={null}>
              <ComparePlot rows={rows} count={runs.length} scale={scale} from={from} summary={summary} />
            </Suspense>
          </div>
        </div>
      </Panel>
      <div className="compare-tables">
        <Differences runs={runs} />
        <Milestones runs={runs} />
      </div>
    </>
  );
}

/** A run's letter, and its line as the chart draws it. */
function Mark({ index }: { index: number }) {
  const { letter, color, dash } = marks[index]!;
  return (
    <span className="compare-mark">
      <strong>{letter}</strong>
      <svg viewBox="0 0 26 8" width="1.625rem" height="0.5rem" aria-hidden>
        <line
          x1={1}
          y1={4}
          x2={25}
          y2={4}
          stroke={`var(${color})`}
          strokeWidth={2.5}
          strokeDasharray={dash}
        />
      </svg>
    </span>
  );
}

function Heads({ runs, first }: { runs: readonly RunRecord[]; first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {runs.map((run, i) => (
          <th key={run.id} scope="col" title={run.name}>
            <Mark index={i} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Differences({ runs }: { runs: readonly RunRecord[] }) {
  const differences = differencesOf(runs);
  return (
    <Panel title="What differs" subtitle="As last kept; only what is not the same in all of them">
      {differences.length === 0 ? (
        <p className="compare-none">
          Nothing: they have the same settings, seed and engine. Unless a setting was changed and changed
          back, they took the same steps.
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section className="compare-scroll" aria-label="Table of what differs" tabIndex={0}>
          <table className="compare-table">
            <Heads runs={runs} first="Setting" />
            <tbody>
              {differences.map(({ path, label, values }) => (
                <tr key={path} data-setting={path}>
                  <th scope="row">{label}</th>
                  {values.map((value, i) => (
                    <td key={runs[i]!.id}>{value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}

function Milestones({ runs }: { runs: readonly RunRecord[] }) {
  const steps = [...new Set(runs.flatMap(run => run.milestones.map(m => m.step)))].sort((a, b) => a - b);
  // A run that went back to an earlier step passed some of its milestones twice.
  const at = (run: RunRecord, step: number) => run.milestones.findLast(m => m.step === step)?.summary;
  const rows = [
    ...steps.map(step => ({ label: `Step ${formatCount(step)}`, cells: runs.map(run => at(run, step)) })),
    { label: 'As kept', cells: runs.map(run => run.summary) },
  ];
  return (
    <Panel title="Milestones" subtitle="Error, and in brackets its ratio to that of persistence">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className="compare-scroll" aria-label="Table of milestones" tabIndex={0}>
        <table className="compare-table">
          <Heads runs={runs} first="At" />
          <tbody>
            {rows.map(({ label, cells }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {cells.map((summary, i) => (
                  <td key={runs[i]!.id}>
                    {summary && summary.steps > 0
                      ? `${formatError(summary.rmse)}${summary.ratio === null ? '' : ` (${formatRatio(summary.ratio)})`}`
                      : '–'}
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">Steps</th>
              {runs.map(run => (
                <td key={run.id}>{formatCount(run.step)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
