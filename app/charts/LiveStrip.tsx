import { useEffect, useRef, useState } from 'react';
import { type Drawing, useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { type LiveSteps, live, onLiveChange } from '../state/live.ts';
import { useRun } from '../state/run.ts';
import { dreamStart } from './dream.ts';
import { formatCount, formatError, formatValue } from './figures.ts';
import { PhaseHold } from './phase-hold.ts';
import { paintReadout } from './readout.ts';
import { Segmented } from './Segmented.tsx';
import { useSlowly } from './use-slowly.ts';
import { WaveLegend } from './WaveLegend.tsx';
import {
  axisRoom,
  boundOf,
  paintAxes,
  paintNewest,
  paintWave,
  plotFont,
  stepAt,
  stepTicks,
  type Wave,
  type WaveFrame,
  xOf,
} from './wave-plot.ts';
import './live-strip.css';

/** At 200 steps across, "the same again" looks like a good prediction. */
const caution = 'Looking right proves nothing: see the error.';

const spans = ['100', '200', '500'] as const;

const waveOf = (steps: LiveSteps): Wave => ({
  from: steps.first + 1,
  to: steps.end,
  target: step => steps.target[steps.at(step - 1)]!,
  prediction: step => steps.prediction[steps.at(step - 1)]!,
});

/** The last steps as they come: what the network expected, on what then came. */
export function LiveStrip() {
  const signal = useRun(s => s.applied.signal);
  const inputs = useRun(s => s.applied.network.inputs);
  const playing = useRun(s => s.status === 'playing');
  const empty = useRun(s => s.step === 0);
  const [span, setSpan] = useState<(typeof spans)[number]>('200');
  const [pointer, setPointer] = useState<{ x: number; y: number } | null>(null);
  const [holding, setHolding] = useState(false);
  const hold = useRef(new PhaseHold());
  const dreamingSince = useDreamStart();

  const draw = (drawing: Drawing) => {
    const { width, height } = drawing;
    const wave = waveOf(live.steps);
    const last = hold.current.endAt(live.steps.end, signal.period, playing);
    if (hold.current.holding !== holding) setHolding(hold.current.holding);
    const frame: WaveFrame = {
      x: axisRoom.left,
      y: axisRoom.top,
      width: width - axisRoom.left - axisRoom.right,
      height: height - axisRoom.top - axisRoom.bottom,
      last: Math.max(last, Number(span)),
      span: Number(span),
      bound: boundOf(signal),
    };
    paintAxes(drawing, frame, stepTicks(frame, hold.current.holding), signal.amplitude);
    if (dreamingSince !== null) paintDream(drawing, frame, dreamingSince);
    paintWave(drawing, frame, wave);
    paintNewest(drawing, frame, wave);
    if (pointer) paintPointer(drawing, frame, wave, pointer);
  };
  const canvas = useDrawing(draw, [span, signal, playing, pointer, dreamingSince, empty]);
  const summary = useSlowly(() => describe(Number(span)), 3000);

  return (
    <Panel
      className="live-strip"
      title="Predicted against actual"
      subtitle={inputs > 1 ? `Channel 1 of ${inputs}. ${caution}` : caution}
      actions={
        <Segmented
          label="Steps shown"
          value={span}
          onChange={setSpan}
          options={spans.map(value => ({ value, label: value, name: `${value} steps` }))}
        />
      }
    >
      <div className="live-strip-plot">
        <canvas
          ref={canvas}
          role="img"
          aria-label={summary}
          onPointerMove={event => setPointer({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY })}
          onPointerLeave={() => setPointer(null)}
        />
        {empty ? (
          <p className="live-strip-empty">
            <span>The first predictions will appear here.</span>
          </p>
        ) : null}
      </div>
      <div className="live-strip-foot">
        <WaveLegend />
        {dreamingSince !== null ? (
          <strong>Running on its own predictions since step {formatCount(dreamingSince)}</strong>
        ) : holding ? (
          <span title="At this speed a scrolling wave would only flicker, so each picture ends on a whole cycle.">
            Held still while it runs fast
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

function paintDream({ context, color }: Drawing, frame: WaveFrame, since: number): void {
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

function paintPointer(
  drawing: Drawing,
  frame: WaveFrame,
  wave: Wave,
  pointer: { x: number; y: number },
): void {
  const step = stepAt(frame, pointer.x);
  if (step < wave.from || step > wave.to || pointer.x < frame.x) return;
  const { context, color } = drawing;
  const x = xOf(frame, step);
  context.strokeStyle = color('--text-muted');
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, frame.y);
  context.lineTo(x, frame.y + frame.height);
  context.stroke();
  const [target, prediction] = [wave.target(step), wave.prediction(step)];
  paintReadout(drawing, drawing, { x, y: pointer.y }, [
    `Step ${formatCount(step)}`,
    `Actual ${formatValue(target)}`,
    `Predicted ${formatValue(prediction)}`,
    `Off by ${formatValue(Math.abs(prediction - target))}`,
  ]);
}

function describe(span: number): string {
  const { steps } = live;
  const from = Math.max(steps.first, steps.end - span);
  if (steps.end === from) return 'Predicted against actual value: no steps yet.';
  let squares = 0;
  for (let step = from; step < steps.end; step++)
    squares += (steps.target[steps.at(step)]! - steps.prediction[steps.at(step)]!) ** 2;
  const rmse = Math.sqrt(squares / (steps.end - from));
  const { signal } = useRun.getState().applied;
  return (
    `Predicted against actual value, steps ${formatCount(from + 1)} to ${formatCount(steps.end)}: ` +
    `the prediction is off by ${formatError(rmse)} (root mean square) on a wave of amplitude ${signal.amplitude}.`
  );
}
