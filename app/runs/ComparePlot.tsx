import { Line, LineChart, Tooltip } from 'recharts';
import { logDomain } from '../charts/axis-ticks.ts';
import { PlotTooltip } from '../charts/PlotTooltip.tsx';
import { plotMargin, type StepScale, stepAxes } from '../charts/step-axes.tsx';
import { useZoom } from '../shared/zoom.ts';
import { marks } from './curves.ts';
import type { OverlayRow } from './overlay.ts';

interface ComparePlotProps {
  rows: readonly OverlayRow[];
  /** Of runs. */
  count: number;
  scale: StepScale;
  /** Where a linear axis of steps begins, if no curve does before. */
  from: number;
  summary: string;
}

/** Error curves over each other, each with its letter at its end. */
export default function ComparePlot({ rows, count, scale, from, summary }: ComparePlotProps) {
  const zoom = useZoom();
  const data = rows.map(({ step, errors }) => ({ step, errors }));
  const last = rows.at(-1)?.step ?? 2;
  const first = Math.min(rows[0]?.step ?? 1, last - 1);
  const domain = logDomain(rows.flatMap(row => row.errors.filter(error => error !== null)));
  return (
    <LineChart
      responsive
      style={{ width: '100%', height: '100%' }}
      data={data}
      margin={plotMargin(zoom, 24)}
      aria-label="Prediction error of the compared runs"
      desc={summary}
    >
      {stepAxes(scale, scale === 'log' ? [first, last] : [Math.min(from, first), last], domain, zoom)}
      {marks.slice(0, count).map(({ letter, color, dash }, i) => {
        const end = rows.findLastIndex(row => row.errors[i] !== null);
        return (
          <Line
            key={letter}
            id={`compared-${letter}`}
            dataKey={`errors[${i}]`}
            name={letter}
            stroke={`var(${color})`}
            strokeWidth={2 * zoom}
            strokeDasharray={dash.replaceAll(/\d+/g, length => String(zoom * Number(length)))}
            dot={false}
            activeDot={{ r: 3 * zoom }}
            isAnimationActive={false}
            type="linear"
            label={({ x, y, index }) =>
              index === end ? (
                <text
                  x={Number(x) + 5 * zoom}
                  y={Number(y) + 4 * zoom}
                  className="compare-letter"
                  fill={`var(${color})`}
                >
                  {letter}
                </text>
              ) : null
            }
          />
        );
      })}
      <Tooltip
        content={<PlotTooltip width={1} />}
        isAnimationActive={false}
        cursor={{ stroke: 'var(--text-muted)', strokeWidth: zoom }}
      />
    </LineChart>
  );
}
