import { Slider } from 'radix-ui';
import { useMemo, useState } from 'react';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import { Panel } from '../shared/Panel.tsx';
import { useRun } from '../state/run.ts';
import { isLoggable } from './axis-ticks.ts';
import { formatCount, formatError } from './figures.ts';
import { StepPlot } from './StepPlot.tsx';
import { smoothed } from './smoothing.ts';
import type { StepLine } from './step-plot.ts';
import { useSlowly } from './use-slowly.ts';
import './plots.css';

/** What training minimises, over the whole run. */
export function LossChart() {
  const { points, width } = useRun(s => s.history);
  const [smoothing, setSmoothing] = useState(0.6);
  const label = useSlowly(describe, 3000);
  const lines = useMemo(() => linesOf(points, smoothing), [points, smoothing]);
  return (
    <Panel
      className="plot-panel"
      title="Loss"
      subtitle="Mean squared error"
      actions={
        <div className="smoothing">
          <span title="Exponential: each point keeps this share of those before it">smoothing</span>
          <Slider.Root
            className="smoothing-slider"
            min={0}
            max={0.98}
            step={0.02}
            value={[smoothing]}
            onValueChange={([value]) => setSmoothing(value!)}
          >
            <Slider.Track className="smoothing-track">
              <Slider.Range className="smoothing-range" />
            </Slider.Track>
            <Slider.Thumb className="smoothing-thumb" aria-label="Exponential smoothing" />
          </Slider.Root>
          <output>{smoothing === 0 ? 'off' : smoothing.toFixed(2)}</output>
        </div>
      }
    >
      <div className="plot-area loss-plot-area">
        {points.length > 0 ? (
          <StepPlot scale="linear" lines={lines} width={width} label={label} />
        ) : (
          <p className="plot-empty">The loss will be drawn here.</p>
        )}
      </div>
    </Panel>
  );
}

/** The loss as it was, and smoothed on it. */
function linesOf(points: readonly HistoryPoint[], smoothing: number): StepLine[] {
  const raw = points.filter(({ loss }) => isLoggable(loss));
  const values = raw.map(({ step, loss }) => ({ step, value: loss }));
  if (smoothing === 0) return [{ name: 'Loss', points: values, width: 1.25, opacity: 1 }];
  // Of the logarithms, as the axis shows them: a mean of losses themselves would hang on to the largest.
  const smooth = smoothed(
    raw.map(({ loss }) => Math.log(loss)),
    smoothing,
  );
  return [
    { name: 'Loss', points: values, width: 1, opacity: 0.35 },
    {
      name: 'Smoothed exponentially',
      points: raw.map(({ step }, i) => ({ step, value: Math.exp(smooth[i]!) })),
      width: 2,
      opacity: 1,
    },
  ];
}

function describe(): string {
  const last = useRun.getState().history.points.at(-1);
  if (!last) return 'Loss over the run: no steps yet.';
  return `Loss over the run: mean squared error ${formatError(last.loss)} at step ${formatCount(last.step)}.`;
}
