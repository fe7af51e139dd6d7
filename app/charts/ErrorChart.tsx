import { useMemo, useState } from 'react';
import type { Floors } from '../../engine/data/floors.ts';
import { Panel } from '../shared/Panel.tsx';
import { useRun } from '../state/run.ts';
import { isLoggable } from './axis-ticks.ts';
import { formatCount, formatError } from './figures.ts';
import { ratioInWords } from './ratio-in-words.ts';
import { pointsPerError, runningRmse } from './running-rmse.ts';
import { Segmented } from './Segmented.tsx';
import { StepPlot } from './StepPlot.tsx';
import type { Level, StepScale } from './step-plot.ts';
import { useSlowly } from './use-slowly.ts';
import './plots.css';

/** The run's error against what predictors reach that learn nothing, or have no memory. */
export function ErrorChart() {
  const { points, width } = useRun(s => s.history);
  const floors = useRun(s => s.floors);
  const period = useRun(s => s.applied.signal.period);
  const summary = useSlowly(() => useRun.getState().summary, 500);
  const label = useSlowly(describe, 3000);
  const [scale, setScale] = useState<StepScale>('log');
  const count = pointsPerError(width, period);
  const lines = useMemo(
    () => [{ name: 'RMSE', points: runningRmse(points, count), width: 1.75, opacity: 1 }],
    [points, count],
  );
  const levels = useMemo(() => levelsOf(floors), [floors]);
  const { figure, meaning } = ratioInWords(summary, floors);
  return (
    <Panel
      className="plot-panel"
      title="Error against the floors"
      subtitle="What counts is to get below the lines"
      actions={
        <Segmented
          label="Step axis"
          value={scale}
          onChange={setScale}
          options={[
            { value: 'log', label: 'log', name: 'Logarithmic step axis' },
            { value: 'linear', label: 'linear', name: 'Linear step axis' },
          ]}
        />
      }
    >
      <div className="plot-area error-plot-area">
        {points.length > 0 ? (
          <StepPlot scale={scale} lines={lines} levels={levels} width={width * count} label={label} />
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

/** No memory is never worse than persistence: with its name below its line it stays clear of the other's. */
function levelsOf({ persistence, noMemory }: Floors): Level[] {
  const levels: Level[] = [
    { name: 'persistence', value: persistence, color: '--floor-persistence', dash: [7, 4], side: 'above' },
  ];
  if (noMemory !== null)
    levels.push({
      name: 'no memory',
      value: noMemory,
      color: '--floor-no-memory',
      dash: [2, 3],
      side: 'below',
    });
  return levels.filter(level => isLoggable(level.value));
}

function describe(): string {
  const { summary, floors } = useRun.getState();
  const floorsText =
    `Persistence, repeating the last value, has ${formatError(floors.persistence)}` +
    (floors.noMemory === null ? '.' : `; the best predictor without memory ${formatError(floors.noMemory)}.`);
  if (!summary || summary.steps === 0) return `Error over the run: no steps yet. ${floorsText}`;
  return (
    `Error over the run: root mean square ${formatError(summary.rmse)} at step ${formatCount(summary.step)}. ` +
    floorsText
  );
}
