import { CartesianGrid, XAxis, YAxis } from 'recharts';
import { logTicks, stepTicks } from './axis-ticks.ts';
import { formatTick, stepTickFormat } from './figures.ts';

export type StepScale = 'log' | 'linear';

/** Around a plot. @param zoom CSS pixels of a picture's unit */
export const plotMargin = (zoom: number, right = 10) => ({
  top: 8 * zoom,
  right: right * zoom,
  bottom: 0,
  left: 0,
});

/** How a line is broken, in units of pictures. @param zoom CSS pixels of one */
export const dashArray = (lengths: readonly number[], zoom: number): string =>
  lengths.map(length => length * zoom).join(' ');

const tick = { fill: 'var(--text-muted)', fontSize: '0.6875rem' };

/** Steps across, logarithmic or not, and a logarithmic value axis over `domain`. @param zoom CSS pixels of a picture's unit */
export function stepAxes(
  scale: StepScale,
  steps: readonly [number, number],
  domain: readonly [number, number],
  zoom: number,
) {
  return [
    <CartesianGrid key="grid" stroke="var(--line)" strokeWidth={zoom} />,
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
      axisLine={{ stroke: 'var(--line)', strokeWidth: zoom }}
      height={20 * zoom}
      minTickGap={6 * zoom}
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
      width={44 * zoom}
    />,
  ];
}
