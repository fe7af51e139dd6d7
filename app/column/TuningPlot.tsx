import { formatValue } from '../network/describe.ts';
import { fontFamily } from '../network/scene.ts';
import { type Drawing, useDrawing } from '../shared/canvas.ts';
import { live } from '../state/live.ts';
import type { ColumnDetail } from '../worker/protocol.ts';
import { curveAt, winningStretches } from './stretches.ts';

type Tuning = NonNullable<ColumnDetail['tuning']>;

const margin = { left: 4, right: 4, top: 8, bottom: 18 };

interface TuningPlotProps {
  column: number;
  tuning: Tuning;
  /** The signal's peak. */
  amplitude: number;
}

/** What the column would score for every input, and where it would win. */
export function TuningPlot({ column, tuning, amplitude }: TuningPlotProps) {
  const canvas = useDrawing(drawing => drawTuning(drawing, tuning, amplitude), [tuning, amplitude]);
  return (
    <canvas ref={canvas} className="tuning-plot" role="img" aria-label={tuningInWords(column, tuning)} />
  );
}

export function tuningInWords(column: number, { input, score, wins }: Tuning): string {
  const stretches = winningStretches(input, wins).map(
    ([from, to]) => `from ${formatValue(from)} to ${formatValue(to)}`,
  );
  let best = 0;
  for (let i = 1; i < score.length; i++) if (score[i]! > score[best]!) best = i;
  const winning = stretches.length === 0 ? 'wins for no input' : `wins for inputs ${stretches.join(' and ')}`;
  return `Tuning curve: column ${column} ${winning}; its score is highest, ${formatValue(score[best]!)}, at ${formatValue(input[best]!)}.`;
}

function drawTuning({ context, width, height, color }: Drawing, tuning: Tuning, amplitude: number): void {
  const { input, score, wins } = tuning;
  const bottom = height - margin.bottom;
  const [first, last] = [input[0]!, input.at(-1)!];
  const low = Math.min(0, ...score);
  const high = Math.max(low + 1e-6, ...score);
  const x = (value: number) =>
    margin.left + ((value - first) / (last - first)) * (width - margin.left - margin.right);
  const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - margin.top);

  context.font = `11px ${fontFamily}`;
  context.fillStyle = color('--text-muted');
  context.strokeStyle = color('--line');
  context.lineWidth = 1;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.beginPath();
  for (const tick of [-amplitude, 0, amplitude]) {
    const at = Math.round(x(tick)) + 0.5;
    context.moveTo(at, margin.top);
    context.lineTo(at, bottom);
    context.fillText(formatValue(tick), at, height - 4);
  }
  const zero = Math.round(y(0)) + 0.5;
  context.moveTo(margin.left, zero);
  context.lineTo(width - margin.right, zero);
  context.stroke();

  // Where it wins, the curve is thick and stands on a tinted field.
  for (const [from, to] of winningStretches(input, wins)) {
    // A stretch of a single point still has to be seen.
    const [left, right] = [x(from) - 1.5, x(to) + 1.5];
    context.fillStyle = color('--winner');
    context.globalAlpha = 0.14;
    context.fillRect(left, margin.top, right - left, bottom - margin.top);
    context.globalAlpha = 1;
    context.fillRect(left, bottom - 3, right - left, 3);
  }
  curve(context, tuning, x, y, () => true);
  context.strokeStyle = color('--text-muted');
  context.lineWidth = 1.5;
  context.stroke();
  curve(context, tuning, x, y, i => wins[i] === 1);
  context.strokeStyle = color('--winner');
  context.lineWidth = 3;
  context.stroke();

  const present = live.frame?.tensors.get('activity.input')?.[0];
  if (present === undefined) return;
  const now = curveAt(input, score, present);
  if (now === null) return;
  context.setLineDash([3, 3]);
  context.strokeStyle = color('--text');
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x(present), margin.top);
  context.lineTo(x(present), bottom);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.arc(x(present), y(now), 4.5, 0, 2 * Math.PI);
  context.fillStyle = color('--text');
  context.fill();
  context.strokeStyle = color('--surface');
  context.lineWidth = 1.5;
  context.stroke();
}

/** Begins a path through the points for which `wanted` holds, broken where it does not. */
function curve(
  context: CanvasRenderingContext2D,
  { input, score }: Tuning,
  x: (value: number) => number,
  y: (value: number) => number,
  wanted: (index: number) => boolean,
): void {
  context.beginPath();
  let drawing = false;
  for (let i = 0; i < input.length; i++) {
    if (!wanted(i)) {
      drawing = false;
      continue;
    }
    if (drawing) context.lineTo(x(input[i]!), y(score[i]!));
    else context.moveTo(x(input[i]!), y(score[i]!));
    drawing = true;
  }
}
