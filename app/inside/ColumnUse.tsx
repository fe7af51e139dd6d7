import { useMemo, useRef, useState } from 'react';
import { formatCount, formatHundredths, formatRatio, formatShare } from '../charts/figures.ts';
import { paintReadout } from '../charts/readout.ts';
import { useSlowly } from '../charts/use-slowly.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { dutyOf } from '../heatmap/duty.ts';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { sizeOf } from '../shared/zoom.ts';
import { live } from '../state/live.ts';
import { pin, useRun } from '../state/run.ts';
import { useInspection } from './inspected.ts';
import { PlotCursor } from './PlotCursor.tsx';
import { useShownStep } from './shown-step.ts';
import { paintDutyRanks, paintEntropy, plotBoxes } from './use-paint.ts';

const view = { kind: 'use' } as const;
const milliseconds = 1000;

/** How evenly columns share the work, now and over the run. */
export function ColumnUse() {
  const columns = useRun(s => s.applied.network.columns);
  const winners = useRun(s => s.applied.network.winners);
  const [rank, setRank] = useState<number | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const shownStep = useShownStep();
  const answer = useInspection(area, 'use', view, milliseconds);
  const points = useMemo(
    () => (answer?.points ?? []).filter(point => point.step <= shownStep),
    [answer, shownStep],
  );
  const { duty, order } = ranked(columns);
  const last = points.at(-1);
  const fairShare = winners / columns;
  const readout = (place: number): string[] => {
    const column = order[place]!;
    const share = duty[column]!;
    return [
      `Column ${column}, place ${formatCount(place + 1)}`,
      `won ${formatShare(share)} of steps`,
      share === 0 ? 'idle' : `${formatRatio(share / fairShare)} × fair share`,
    ];
  };

  const canvas = useDrawing(
    drawing => {
      const boxes = plotBoxes(drawing.width, drawing.height);
      const sorted = Float32Array.from(order, column => duty[column]!);
      paintDutyRanks(drawing, boxes.duty, sorted, fairShare, rank);
      paintEntropy(drawing, boxes.entropy, points, columns);
      if (rank === null) return;
      const at = { x: boxes.duty.x + (boxes.duty.width * (rank + 1)) / columns, y: boxes.duty.y + 30 };
      paintReadout(drawing, drawing, at, readout(rank));
    },
    [shownStep, points, rank, columns, fairShare],
    'still',
  );
  const rankAt = (x: number): number | null => {
    const { width, height } = sizeOf(canvas.current!);
    const { duty: box } = plotBoxes(width, height);
    const place = Math.floor(((x - box.x) / box.width) * columns);
    return place >= 0 && place < columns ? place : null;
  };
  const onKey = (key: string): boolean => {
    const from = rank ?? 0;
    const moves: Record<string, number | undefined> = {
      ArrowLeft: from - 1,
      ArrowRight: from + 1,
      PageUp: from - 10,
      PageDown: from + 10,
      Home: 0,
      End: columns - 1,
    };
    const to = moves[key];
    if (key === 'Enter') pin(order[from]!);
    else if (to === undefined) return false;
    else setRank(Math.min(Math.max(to, 0), columns - 1));
    return true;
  };

  const inUse = duty.reduce((n, share) => n + (share > 0 ? 1 : 0), 0);
  const summary = useSlowly(
    () =>
      last
        ? `Use of columns at step ${formatCount(last.step)}: ${formatCount(last.inUse)} of ${formatCount(columns)} won in the ` +
          `last 1,000 steps, entropy ${formatHundredths(last.entropy)} of 1.`
        : 'Use of columns: no steps yet.',
    4000,
  );
  return (
    <Panel
      className="inside-panel"
      title="Duty cycles and entropy"
      subtitle="Above, how often each column won lately, the busiest first. Below, how evenly over the run: 1 if all win alike."
      actions={
        <ChartDownload
          chart="the chart of duty cycles and entropy"
          name="duty-cycles"
          title="Duty cycles; below, entropy and (dashed) columns in use"
          disabled={!last}
        />
      }
    >
      <p className="inside-figures">
        <span className="use-entropy">
          Entropy <strong>{last ? formatHundredths(last.entropy) : '–'}</strong>
        </span>
        <span className="use-in-use">
          In use <strong>{last ? formatCount(inUse) : '–'}</strong> of {formatCount(columns)}
        </span>
      </p>
      <div ref={area} className="inside-area inside-area-tall">
        <canvas ref={canvas} role="img" aria-label={summary} />
        <PlotCursor
          label="Columns by duty cycle: arrow keys go to another, Enter pins it"
          text={rank === null ? '' : readout(rank).join(', ')}
          now={rank ?? 0}
          most={columns - 1}
          onEnter={() => setRank(0)}
          onKey={onKey}
          onPoint={point => setRank(point && rankAt(point.x))}
          onPick={point => {
            const place = rankAt(point.x);
            if (place !== null) pin(order[place]!);
          }}
        />
      </div>
    </Panel>
  );
}

/** Duty cycles over the steps that are held, and the columns by them. */
function ranked(columns: number): { duty: Float32Array; order: number[] } {
  const duty = dutyOf(live.steps, columns);
  return { duty, order: Array.from(duty.keys()).sort((a, b) => duty[b]! - duty[a]! || a - b) };
}
