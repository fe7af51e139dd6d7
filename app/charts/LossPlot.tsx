import { Line, LineChart, Tooltip } from 'recharts';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import { useZoom } from '../shared/zoom.ts';
import { isLoggable, logDomain, stepsFrom } from './axis-ticks.ts';
import { MomentLine } from './MomentLine.tsx';
import { PlotTooltip } from './PlotTooltip.tsx';
import { smoothed } from './smoothing.ts';
import { plotMargin, stepAxes } from './step-axes.tsx';

interface LossPlotProps {
  points: readonly HistoryPoint[];
  width: number;
  smoothing: number;
  summary: string;
}

/** The loss as it was, faintly, and smoothed on it. */
export default function LossPlot({ points, width, smoothing, summary }: LossPlotProps) {
  const zoom = useZoom();
  const usable = points.filter(({ loss }) => isLoggable(loss));
  // Of the logarithms, as the axis shows them: a mean of losses themselves would hang on to the largest.
  const smooth = smoothed(
    usable.map(p => Math.log(p.loss)),
    smoothing,
  );
  const data = usable.map(({ step, loss }, i) => ({ step, loss, smooth: Math.exp(smooth[i]!) }));
  const steps = [stepsFrom(data, width), data.at(-1)?.step ?? 1] as const;
  const line = { dot: false, isAnimationActive: false, type: 'linear', stroke: 'var(--prediction)' } as const;
  return (
    <LineChart
      responsive
      style={{ width: '100%', height: '100%' }}
      data={data}
      margin={plotMargin(zoom)}
      aria-label="Loss over the run"
      desc={summary}
    >
      {stepAxes('linear', steps, logDomain(data.map(d => d.loss)), zoom)}
      {/* With ids of their own: Recharts never forgets those that it gives to new lines. */}
      <Line
        {...line}
        id="loss-line"
        dataKey="loss"
        name="Loss"
        strokeWidth={zoom}
        strokeOpacity={smoothing > 0 ? 0.35 : 1}
      />
      {smoothing > 0 ? (
        <Line
          {...line}
          id="smoothed-loss-line"
          dataKey="smooth"
          name="Smoothed exponentially"
          strokeWidth={2 * zoom}
          activeDot={{ r: 3 * zoom }}
        />
      ) : null}
      <MomentLine scale="linear" steps={steps} zoom={zoom} />
      <Tooltip
        content={<PlotTooltip width={width} />}
        isAnimationActive={false}
        cursor={{ stroke: 'var(--text-muted)', strokeWidth: zoom }}
      />
    </LineChart>
  );
}
