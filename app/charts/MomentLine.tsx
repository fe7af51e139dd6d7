import { ReferenceLine } from 'recharts';
import { useMoment } from '../state/moment.ts';
import { formatCount } from './figures.ts';
import { momentDash } from './moment-dash.ts';
import { dashArray, type StepScale } from './step-axes.tsx';

interface MomentLineProps {
  scale: StepScale;
  /** Where the axis of steps begins and ends. */
  steps: readonly [number, number];
  /** CSS pixels of a picture's unit. */
  zoom: number;
}

/** Where in the run the moment is that is looked back at; nothing while that is now. */
export function MomentLine({ scale, steps: [from, to], zoom }: MomentLineProps) {
  const at = useMoment(s => s.at);
  if (at === null) return null;
  // The last point of a chart stands for some steps, which may end before the moment.
  const x = Math.min(Math.max(at, from), to);
  const share = scale === 'log' ? Math.log(x / from) / Math.log(to / from) : (x - from) / (to - from);
  return (
    <ReferenceLine
      x={x}
      stroke="var(--moment)"
      strokeWidth={1.5 * zoom}
      strokeDasharray={dashArray(momentDash, zoom)}
      label={{
        value: `step ${formatCount(at)}`,
        position: share > 0.5 ? 'insideTopRight' : 'insideTopLeft',
        fill: 'var(--moment)',
        className: 'plot-floor-label',
        offset: 5 * zoom,
      }}
    />
  );
}
