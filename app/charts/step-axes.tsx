import { CartesianGrid, XAxis, YAxis } from 'recharts';
import { logTicks, stepTicks } from './axis-ticks.ts';
import { formatTick, stepTickFormat } from './figures.ts';

export type StepScale = 'log' | 'linear';

export const plotMargin = { top: 8, right: 10, bottom: 0, left: 0 };

const tick = { fill: 'var(--text-muted)', fontSize: 11 };

/** Steps across, logarithmic or not, and a logarithmic value axis over `domain`. */
export function stepAxes(
  scale: StepScale,
  steps: readonly [number, number],
  domain: readonly [number, number],
) {
  return [
    <CartesianGrid key="grid" stroke="var(--line)" />,
    <XAxis
      key="x"
      dataKey="step"
      type="number"
      scale={scale}
      domain={[...steps]}
      ticks={stepTicks(scale, steps)}
      allowDataOverflow
      tickFormatter={stepTickFormat(steps)}
      tick={tick}
      tickLine={false}
      axisLine={{ stroke: 'var(--line)' }}
      height={20}
      minTickGap={6}
    />,
    <YAxis
      key="y"
      type="number"
      scale="log"
      domain={[...domain]}
      ticks={logTicks(domain)}
      allowDataOverflow
      tickFormatter={formatTick}
      tick={tick}
      tickLine={false}
      axisLine={false}
      width={44}
    />,
  ];
}
