import { useRef, useState } from 'react';
import { formatCount, formatError, formatHundredths } from '../charts/figures.ts';
import { paintReadout } from '../charts/readout.ts';
import { useHistory, useSlowly } from '../charts/use-slowly.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { sizeOf } from '../shared/zoom.ts';
import { live } from '../state/live.ts';
import { useMoment } from '../state/moment.ts';
import { useRun } from '../state/run.ts';
import { lastAxis, lastSteps, meanSteps, paintTimeline, timelineBoxes, timelineOf } from './anomaly-paint.ts';
import { PlotCursor } from './PlotCursor.tsx';
import { across, valueAt } from './plot.ts';
import { useShownStep } from './shown-step.ts';

/** When the network was wrong, and when it was surprised: over the run, and step by step. */
export function AnomalyTimeline() {
  const winners = useRun(s => s.applied.network.winners);
  const history = useHistory();
  const shownStep = useShownStep();
  const past = useMoment(s => s.at !== null);
  const [back, setBack] = useState<number | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const timeline = timelineOf(history, live.steps, winners);
  const { last, end } = timeline;
  const known = last.error.length;
  const readout = (stepsBack: number): string[] => {
    const i = known - 1 - stepsBack;
    return [
      `Step ${formatCount(end - stepsBack)}`,
      `error ${formatError(last.error[i]!.y)}`,
      `anomaly ${formatHundredths(last.anomaly[i]!.y)}, mean of ${meanSteps} ${formatHundredths(last.mean[i]!.y)}`,
    ];
  };

  const canvas = useDrawing(
    drawing => {
      const boxes = timelineBoxes(drawing.width, drawing.height);
      const marked = back !== null && back < known ? end - back : null;
      paintTimeline(drawing, boxes, timeline, marked);
      if (marked === null) return;
      const { lastError: box } = boxes;
      const at = { x: across(box, lastAxis(end), marked), y: box.y + box.height / 2 };
      paintReadout(drawing, drawing, at, readout(back!));
    },
    [history, shownStep, winners, back],
    'still',
  );
  const backAt = (x: number): number | null => {
    const { width, height } = sizeOf(canvas.current!);
    const { lastError } = timelineBoxes(width, height);
    const step = Math.round(valueAt(lastError, lastAxis(end), x));
    return step <= end && step > end - known ? end - step : null;
  };
  const onKey = (key: string): boolean => {
    const from = back ?? 0;
    const moves: Record<string, number | undefined> = {
      ArrowLeft: from + 1,
      ArrowRight: from - 1,
      PageUp: from + 10,
      PageDown: from - 10,
      Home: known - 1,
      End: 0,
    };
    const to = moves[key];
    if (to === undefined || known === 0) return false;
    setBack(Math.min(Math.max(to, 0), known - 1));
    return true;
  };

  const mean = last.mean.at(-1)?.y;
  const surprises = last.anomaly.filter(point => point.y > 0).length;
  const summary = useSlowly(
    () =>
      known === 0
        ? 'Error and anomaly: no steps yet.'
        : `Error and anomaly at step ${formatCount(end)}: error ${formatError(last.error.at(-1)!.y)}; of the last ` +
          `${formatCount(known)} steps, ${formatCount(surprises)} had columns that burst.`,
    4000,
  );
  return (
    <Panel
      className="inside-panel"
      title="Error and anomaly"
      subtitle="Anomaly: the share of winning columns that no cell had predicted. It falls as the network learns, and jumps at what is new."
      actions={
        <ChartDownload
          chart="the chart of error and anomaly"
          name="anomaly"
          title="Error; below, anomaly"
          disabled={known === 0}
        />
      }
    >
      <p className="inside-figures">
        <span className="anomaly-error">
          Error {past ? 'then' : 'now'} <strong>{known > 0 ? formatError(last.error.at(-1)!.y) : '–'}</strong>
        </span>
        <span className="anomaly-raw">
          Anomaly {past ? 'then' : 'now'}{' '}
          <strong>{known > 0 ? formatHundredths(last.anomaly.at(-1)!.y) : '–'}</strong>
        </span>
        <span className="anomaly-mean">
          Mean of {meanSteps} <strong>{mean === undefined ? '–' : formatHundredths(mean)}</strong>
        </span>
      </p>
      <div ref={area} className="inside-area inside-area-tall">
        <canvas ref={canvas} role="img" aria-label={summary} />
        <PlotCursor
          label={`Last ${lastSteps} steps: arrow keys go back and forth`}
          text={back !== null && back < known ? readout(back).join(', ') : ''}
          now={known - 1 - (back ?? 0)}
          most={known - 1}
          onEnter={() => setBack(0)}
          onKey={onKey}
          onPoint={point => setBack(point && backAt(point.x))}
        />
      </div>
    </Panel>
  );
}
