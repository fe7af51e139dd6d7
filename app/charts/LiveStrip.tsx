import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { cycleOf } from '../../engine/data/signal.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { Explained } from '../guide/Explained.tsx';
import { type Drawing, useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { pointOf } from '../shared/zoom.ts';
import { live, onLiveChange } from '../state/live.ts';
import { useRun } from '../state/run.ts';
import { dreamStart } from './dream.ts';
import { formatCount } from './figures.ts';
import { PhaseHold } from './phase-hold.ts';
import { paintReadout } from './readout.ts';
import { Segmented } from './Segmented.tsx';
import type { StripView } from './strip-view.ts';
import { useSlowly } from './use-slowly.ts';
import { plotFont, type StepFrame, stepAt, stepTicks, xOf } from './wave-plot.ts';
import { waveView } from './wave-view.ts';
import './live-strip.css';

/** The last steps as they come: what the network expected, on what then came. */
export function LiveStrip() {
  const symbolic = useRun(s => s.applied.signal.wave === 'highOrder');
  return symbolic ? (
    <Suspense fallback={<div className="panel live-strip" />}>
      <SymbolStrip />
    </Suspense>
  ) : (
    <Strip view={waveView} />
  );
}

const SymbolStrip = lazy(async () => {
  const { symbolView } = await import('./symbol-view.ts');
  return { default: () => <Strip view={symbolView} /> };
});

function Strip({ view }: { view: StripView }) {
  const signal = useRun(s => s.applied.signal);
  const inputs = useRun(s => s.applied.network.inputs);
  const playing = useRun(s => s.status === 'playing');
  const empty = useRun(s => s.step === 0);
  const [span, setSpan] = useState(view.firstSpan);
  const [pointer, setPointer] = useState<{ x: number; y: number } | null>(null);
  const [holding, setHolding] = useState(false);
  const hold = useRef(new PhaseHold());
  const dreamingSince = useDreamStart();

  const draw = (drawing: Drawing) => {
    const { holdAfter } = view;
    const last = hold.current.endAt(live.steps.end - holdAfter, cycleOf(signal), playing) + holdAfter;
    if (hold.current.holding !== holding) setHolding(hold.current.holding);
    const frame = view.frame(drawing, Math.max(last, Number(span)), Number(span), signal);
    view.paintAxes(drawing, frame, stepTicks(frame, hold.current.holding), signal);
    if (dreamingSince !== null) paintDream(drawing, frame, dreamingSince);
    view.paintSteps(drawing, frame, signal);
    if (!pointer) return;
    const step = stepAt(frame, pointer.x);
    if (step <= live.steps.first || step > live.steps.end || pointer.x < frame.x) return;
    paintCursor(drawing, frame, step);
    paintReadout(drawing, drawing, { x: xOf(frame, step), y: pointer.y }, [
      `Step ${formatCount(step)}`,
      ...view.readout(step, signal),
    ]);
  };
  const canvas = useDrawing(draw, [span, signal, playing, pointer, dreamingSince, empty]);
  const summary = useSlowly(() => {
    const { first, end } = live.steps;
    const from = Math.max(first, end - Number(span)) + 1;
    if (end < from) return 'Predicted against actual value: no steps yet.';
    return view.describe(from, end, useRun.getState().applied.signal);
  }, 3000);

  return (
    <Panel
      className="live-strip"
      title="Predicted against actual"
      subtitle={view.subtitle(inputs)}
      actions={
        <>
          <Segmented
            label="Steps shown"
            value={span}
            onChange={setSpan}
            options={view.spans.map(value => ({ value, label: value, name: `${value} steps` }))}
          />
          <ChartDownload chart="predicted against actual" name="prediction" disabled={empty} />
        </>
      }
    >
      <div className="live-strip-body">
        <div className="live-strip-plot" data-picture>
          <canvas
            ref={canvas}
            role="img"
            aria-label={summary}
            onPointerMove={event => setPointer(pointOf(event.nativeEvent))}
            onPointerLeave={() => setPointer(null)}
          />
          {empty ? (
            <p className="live-strip-empty">
              <span>The first predictions will appear here.</span>
            </p>
          ) : null}
        </div>
        {view.Figures ? <view.Figures /> : null}
      </div>
      <div className="live-strip-foot" data-picture>
        <view.Legend />
        {dreamingSince !== null ? (
          <strong>Running on its own predictions since step {formatCount(dreamingSince)}</strong>
        ) : holding ? (
          <span data-page-only>
            <Explained
              name="Held still while it runs fast"
              className="plot-ask"
              texts={['At this speed a scrolling picture would only flicker, so each ends on a whole cycle.']}
            />
          </span>
        ) : null}
      </div>
    </Panel>
  );
}

/** Steps done when free run began, or null while inputs come from the signal. */
function useDreamStart(): number | null {
  const freeRun = useRun(s => s.mode.freeRun);
  const [since, setSince] = useState<number | null>(null);
  useEffect(() => {
    if (!freeRun) return setSince(null);
    // The step known to the page lags a little behind; the steps themselves tell exactly, once they are here.
    setSince(useRun.getState().step);
    const stop = onLiveChange(() => {
      const start = dreamStart(live.steps);
      if (start === null) return;
      setSince(start);
      stop();
    });
    return stop;
  }, [freeRun]);
  return freeRun ? since : null;
}

function paintDream({ context, color }: Drawing, frame: StepFrame, since: number): void {
  const right = frame.x + frame.width;
  const x = Math.max(xOf(frame, since + 0.5), frame.x);
  if (x >= right) return;
  context.fillStyle = color('--accent');
  context.globalAlpha = 0.08;
  context.fillRect(x, frame.y, right - x, frame.height);
  context.globalAlpha = 1;
  if (x === frame.x) return;
  context.strokeStyle = color('--accent');
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(x, frame.y);
  context.lineTo(x, frame.y + frame.height);
  context.stroke();
  context.setLineDash([]);
  context.font = plotFont;
  context.fillStyle = color('--accent');
  context.textBaseline = 'top';
  const label = 'own predictions →';
  const fits = x + 6 + context.measureText(label).width < right;
  context.textAlign = fits ? 'left' : 'right';
  context.fillText(label, x + (fits ? 6 : -6), frame.y + 2);
}

function paintCursor({ context, color }: Drawing, frame: StepFrame, step: number): void {
  const x = xOf(frame, step);
  context.strokeStyle = color('--text-muted');
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, frame.y);
  context.lineTo(x, frame.y + frame.height);
  context.stroke();
}
