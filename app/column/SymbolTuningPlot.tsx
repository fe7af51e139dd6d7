import { symbolOf, symbols } from '../../engine/data/symbols.ts';
import { formatValue } from '../network/describe.ts';
import { fontFamily } from '../network/scene.ts';
import { type Drawing, useDrawing } from '../shared/canvas.ts';
import { live } from '../state/live.ts';
import type { ColumnDetail } from '../worker/protocol.ts';

type Tuning = NonNullable<ColumnDetail['tuning']>;

const margin = { side: 4, top: 8, bottom: 18 };

/** What the column would score for every symbol, and which of them have it win. */
export function SymbolTuningPlot({ column, tuning }: { column: number; tuning: Tuning }) {
  const canvas = useDrawing(drawing => drawTuning(drawing, tuning), [tuning]);
  return <canvas ref={canvas} className="tuning-plot" role="img" aria-label={inWords(column, tuning)} />;
}

function inWords(column: number, { score, wins }: Tuning): string {
  const won = symbols.filter((_, i) => wins[i] === 1);
  const scores = symbols.map((symbol, i) => `${symbol} ${formatValue(score[i]!)}`);
  const winning = won.length === 0 ? 'wins for no symbol' : `wins for ${won.join(' and ')}`;
  return `Tuning: column ${column} ${winning}; its scores are ${scores.join(', ')}.`;
}

function drawTuning({ context, width, height, color }: Drawing, { score, wins }: Tuning): void {
  const bottom = height - margin.bottom;
  const low = Math.min(0, ...score);
  const high = Math.max(low + 1e-6, ...score);
  const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - margin.top);
  const pitch = (width - 2 * margin.side) / symbols.length;
  const zero = Math.round(y(0));
  const input = live.frame?.tensors.get('activity.input');
  const present = input ? symbolOf(input) : -1;

  context.font = `11px ${fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  symbols.forEach((symbol, i) => {
    const left = margin.side + i * pitch;
    const top = Math.min(y(score[i]!), zero);
    context.fillStyle = color(wins[i] ? '--winner' : '--text-muted');
    context.globalAlpha = wins[i] ? 1 : 0.45;
    context.fillRect(left + pitch * 0.2, top, pitch * 0.6, Math.max(Math.abs(y(score[i]!) - zero), 1));
    context.globalAlpha = 1;
    if (wins[i]) context.fillRect(left + 2, bottom - 3, pitch - 4, 3);
    context.fillStyle = color(i === present ? '--text' : '--text-muted');
    context.fillText(symbol, left + pitch / 2, height - 4);
    if (i !== present) return;
    context.beginPath();
    context.arc(left + pitch / 2, y(score[i]!), 4.5, 0, 2 * Math.PI);
    context.fill();
    context.strokeStyle = color('--surface');
    context.lineWidth = 1.5;
    context.stroke();
  });
  context.strokeStyle = color('--line');
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(margin.side, zero + 0.5);
  context.lineTo(width - margin.side, zero + 0.5);
  context.stroke();
}
