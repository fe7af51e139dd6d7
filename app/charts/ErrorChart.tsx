import { lazy, Suspense, useState } from 'react';
import type { Floors } from '../../engine/data/floors.ts';
import type { Summary } from '../../engine/measure/run-measure.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { Panel } from '../shared/Panel.tsx';
import { useRun } from '../state/run.ts';
import { useShownSummary } from '../time/shown-summary.ts';
import { formatCount, formatError } from './figures.ts';
import { ratioInWords } from './ratio-in-words.ts';
import { StepScaleChoice } from './StepScaleChoice.tsx';
import type { StepScale } from './step-axes.tsx';
import { useHistory } from './use-slowly.ts';
import './plots.css';

const ErrorPlot = lazy(() => import('./ErrorPlot.tsx'));

/** The run's error against what predictors reach that learn nothing, or have no memory. */
export function ErrorChart() {
  const history = useHistory();
  const floors = useRun(s => s.floors);
  const period = useRun(s => s.applied.signal.period);
  // Looked at together with the history: of its own it would have the plot drawn more often.
  const summary = useShownSummary(useRun.getState().summary);
  const [scale, setScale] = useState<StepScale>('log');
  const { figure, meaning } = ratioInWords(summary, floors);
  return (
    <Panel
      className="plot-panel"
      title="Error against the floors"
      subtitle="What counts is to get below the lines"
      actions={
        <>
          <StepScaleChoice value={scale} onChange={setScale} />
          <ChartDownload chart="the error chart" name="error" disabled={history.points.length === 0} />
        </>
      }
    >
      <div className="plot-area error-plot-area">
        {history.points.length > 0 ? (
          <div className="plot-frame">
            <Suspense fallback={null}>
              <ErrorPlot
                points={history.points}
                width={history.width}
                floors={floors}
                period={period}
                scale={scale}
                summary={describe(summary, floors)}
              />
            </Suspense>
          </div>
        ) : (
          <p className="plot-empty">The error will be drawn here, against what needs no learning.</p>
        )}
      </div>
      <p className="plot-sentence">
        {figure ? <strong>{figure}</strong> : null} {meaning}
      </p>
    </Panel>
  );
}

function describe(summary: Pick<Summary, 'step' | 'steps' | 'rmse'> | null, floors: Floors): string {
  const floorsText =
    `Persistence, repeating the present value, has ${formatError(floors.persistence)}` +
    (floors.noMemory === null ? '.' : `; the best predictor without memory ${formatError(floors.noMemory)}.`);
  if (!summary || summary.steps === 0) return floorsText;
  return `Root mean squared error ${formatError(summary.rmse)} at step ${formatCount(summary.step)}. ${floorsText}`;
}
