import { formatCount, formatError } from './figures.ts';

interface PlotTooltipProps {
  active?: boolean;
  label?: unknown;
  payload?: readonly { name?: unknown; value?: unknown; dataKey?: unknown }[];
  /** Steps that a point stands for. */
  width: number;
}

/** The values at one point of a chart over steps. Recharts gives all but `width`. */
export function PlotTooltip({ active, label, payload, width }: PlotTooltipProps) {
  const step = Number(label);
  if (!active || !payload?.length || !Number.isFinite(step)) return null;
  return (
    <div className="plot-tooltip">
      <strong>
        {width > 1
          ? `Steps ${formatCount(Math.max(1, step - width + 1))} to ${formatCount(step)}`
          : `Step ${formatCount(step)}`}
      </strong>
      {payload.map(entry => (
        <div key={String(entry.dataKey)}>
          {String(entry.name)} <span>{formatError(Number(entry.value))}</span>
        </div>
      ))}
    </div>
  );
}
