import { Line, LineChart, ReferenceLine, Tooltip } from 'recharts';
import type { Floors } from '../../engine/data/floors.ts';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import { useZoom } from '../shared/zoom.ts';
import { isLoggable, logDomain, stepsFrom } from './axis-ticks.ts';
import { formatError } from './figures.ts';
import { labelHeight, labelPlace, labelWidth } from './label-place.ts';
import { MomentLine } from './MomentLine.tsx';
import { PlotTooltip } from './PlotTooltip.tsx';
import { pointsPerError, runningRmse } from './running-rmse.ts';
import { dashArray, plotMargin, type StepScale, stepAxes } from './step-axes.tsx';

interface ErrorPlotProps {
  points: readonly HistoryPoint[];
  width: number;
  floors: Floors;
  /** Of the signal. */
  period: number;
  scale: StepScale;
  summary: string;
}

type Span = readonly [from: number, to: number];

const shareOf = (value: number, [from, to]: Span, scale: StepScale): number =>
  scale === 'log' ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);

/** The error of each stretch of the run, with what simple predictors reach as level lines. */
export default function ErrorPlot({ points, width, floors, period, scale, summary }: ErrorPlotProps) {
  const zoom = useZoom();
  const count = pointsPerError(width, period);
  const data = runningRmse(points, count).filter(({ rmse }) => isLoggable(rmse));
  const lines = [
    {
      name: 'persistence',
      value: floors.persistence,
      color: '--floor-persistence',
      dash: [7, 4],
      above: true,
    },
    // Never above persistence, so a label below its line stays clear of the other's.
    { name: 'no memory', value: floors.noMemory, color: '--floor-no-memory', dash: [2, 3], above: false },
  ].filter((line): line is typeof line & { value: number } => line.value !== null && isLoggable(line.value));
  const errors = data.map(d => d.rmse);
  const levels = lines.map(({ value }) => value);
  // Room for what is written above the lines, and below them.
  const above = levels.map(level => 1.5 * level);
  const most = Math.max(...errors, ...above);
  const values = [...errors, ...above, ...levels.map(level => level * (level / most) ** labelHeight)];
  const steps = [data[0]?.step ?? 1, Math.max(data.at(-1)?.step ?? 1, (data[0]?.step ?? 1) + 1)] as const;
  const shown = scale === 'log' ? steps : ([stepsFrom(data, width), steps[1]] as const);
  const domain = logDomain(values);
  const curve = data.map(({ step, rmse }) => ({
    x: shareOf(step, shown, scale),
    y: shareOf(rmse, domain, 'log'),
  }));
  const positionOf = (level: number, above: boolean) => {
    const place = labelPlace(curve, shareOf(level, domain, 'log'), above, scale === 'linear');
    const atEnd = { 0: 'Left', [1 - labelWidth]: 'Right' }[place];
    if (atEnd === 'Left' || atEnd === 'Right') return `inside${above ? 'Bottom' : 'Top'}${atEnd}` as const;
    // Of the last letter's foot, from where the line begins; below it stands under capitals 8 units high.
    return { x: `${100 * (place + labelWidth)}%` as const, y: (above ? -4 : 12) * zoom };
  };
  return (
    <LineChart
      responsive
      style={{ width: '100%', height: '100%' }}
      data={data}
      margin={plotMargin(zoom)}
      aria-label="Prediction error over the run"
      desc={summary}
    >
      {stepAxes(scale, shown, domain, zoom)}
      {lines.map(line => (
        <ReferenceLine
          key={line.name}
          y={line.value}
          stroke={`var(${line.color})`}
          strokeWidth={1.5 * zoom}
          strokeDasharray={dashArray(line.dash, zoom)}
          label={{
            value: `${line.name} ${formatError(line.value)}`,
            position: positionOf(line.value, line.above),
            fill: `var(${line.color})`,
            className: 'plot-floor-label',
            offset: 4 * zoom,
          }}
        />
      ))}
      {/* With an id of its own: Recharts never forgets the one that it gives to each new line. */}
      <Line
        id="error-line"
        dataKey="rmse"
        name="RMSE"
        stroke="var(--prediction)"
        strokeWidth={1.75 * zoom}
        dot={false}
        activeDot={{ r: 3 * zoom }}
        isAnimationActive={false}
        type="linear"
      />
      <MomentLine scale={scale} steps={shown} zoom={zoom} />
      <Tooltip
        content={<PlotTooltip width={width * count} />}
        isAnimationActive={false}
        cursor={{ stroke: 'var(--text-muted)', strokeWidth: zoom }}
      />
    </LineChart>
  );
}
