import { symbols } from '../../engine/data/symbols.ts';
import type { Drawing } from '../shared/canvas.ts';
import { formatValue } from './describe.ts';
import type { Layout, Rect, SignalBlock } from './layout.ts';
import { addCircle, addDiamond, fontFamily, type Scene } from './scene.ts';

/** How far beyond the signal's peak a gauge reaches. */
const reach = 1.25;

/** The present input, or the prediction beside what really came next. */
export function drawSignal(drawing: Drawing, scene: Scene, block: SignalBlock): void {
  const values = scene.tensors.get(block.kind === 'input' ? 'activity.input' : 'activity.prediction');
  const known = scene.activity !== null && values?.length === scene.config.inputs ? values : null;
  if (scene.config.inputs > 1) {
    drawBars(drawing, scene, block.rect, known, block.kind);
    return;
  }
  const track = { ...block.rect, height: scene.layout.text + 5 };
  drawGauge(drawing, scene, track, known?.[0] ?? null, block.kind);
  if (block.kind === 'output') drawKey(drawing, scene, track, known);
  else if (known) drawNumber(drawing, scene.layout, block.rect, known[0]!);
}

function place(value: number, { x, width }: Rect, amplitude: number): number {
  const share = value / (reach * (amplitude || 1));
  return x + (width * (1 + Math.max(-1, Math.min(1, share)))) / 2;
}

function drawGauge(
  { context, color }: Drawing,
  scene: Scene,
  track: Rect,
  value: number | null,
  kind: SignalBlock['kind'],
): void {
  const middle = track.y + track.height / 2;
  const { layout, actual } = scene;
  const { amplitude } = scene.signal;
  context.fillStyle = color('--cell-idle');
  context.beginPath();
  context.roundRect(track.x, middle - 2.5, track.width, 5, 2.5);
  context.fill();
  context.strokeStyle = color('--target');
  context.lineWidth = 1;
  context.beginPath();
  for (const tick of [-1, 0, 1]) {
    const x = Math.round(place(tick * (amplitude || 1), track, amplitude)) + 0.5;
    context.moveTo(x, middle - 6);
    context.lineTo(x, middle + 6);
  }
  context.stroke();
  const radius = layout.text * 0.42;
  if (kind === 'output' && actual !== null) {
    context.beginPath();
    addCircle(context, place(actual, track, amplitude), middle, radius + 1);
    context.strokeStyle = color('--target');
    context.lineWidth = 2;
    context.stroke();
  }
  if (value === null) return;
  const add = kind === 'output' ? addDiamond : addCircle;
  context.beginPath();
  add(context, place(value, track, amplitude), middle, radius + (kind === 'output' ? 1 : 0));
  context.fillStyle = color(kind === 'output' ? '--prediction' : '--target');
  context.fill();
}

/** A bar for each channel, with the letter of those that stand for symbols. */
function drawBars(
  { context, color }: Drawing,
  { signal, config, layout }: Scene,
  track: Rect,
  values: Float32Array | null,
  kind: SignalBlock['kind'],
): void {
  const middle = track.y + track.height / 2;
  context.fillStyle = color('--cell-idle');
  context.fillRect(track.x, middle - 0.5, track.width, 1);
  const pitch = track.width / config.inputs;
  if (signal.wave === 'highOrder') {
    context.font = `${layout.text - 1}px ${fontFamily}`;
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.fillStyle = color('--text-muted');
    for (const [i, symbol] of symbols.entries())
      context.fillText(symbol, track.x + (i + 0.5) * pitch, middle + 4);
  }
  if (!values) return;
  context.fillStyle = color(kind === 'output' ? '--prediction' : '--target');
  for (const [i, value] of values.entries()) {
    const share = Math.max(-1, Math.min(1, value / (reach * (signal.amplitude || 1))));
    const height = (share * track.height) / 2;
    context.fillRect(track.x + i * pitch + pitch * 0.15, middle, pitch * 0.7, -height);
  }
}

function drawNumber({ context, color }: Drawing, { text }: Layout, rect: Rect, value: number): void {
  context.font = `${text}px ${fontFamily}`;
  context.textAlign = 'right';
  context.textBaseline = 'alphabetic';
  context.fillStyle = color('--text');
  context.fillText(formatValue(value), rect.x + rect.width, rect.y - 6);
}

/** What the output's marks mean, with their values. */
function drawKey(
  { context, color }: Drawing,
  { layout, actual }: Scene,
  track: Rect,
  values: Float32Array | null,
): void {
  const line = layout.text + 6;
  const radius = layout.text * 0.36;
  const rows = [
    { label: 'predicted', value: values?.[0] ?? null, role: '--prediction', mark: addDiamond, solid: true },
    { label: 'actual', value: actual, role: '--target', mark: addCircle, solid: false },
  ];
  context.font = `${layout.text}px ${fontFamily}`;
  context.textBaseline = 'middle';
  for (const [i, { label, value, role, mark, solid }] of rows.entries()) {
    const y = track.y + track.height + line * (i + 0.5);
    context.beginPath();
    mark(context, track.x + radius + 1, y, radius + (solid ? 1 : 0));
    context.fillStyle = context.strokeStyle = color(role);
    context.lineWidth = 2;
    if (solid) context.fill();
    else context.stroke();
    context.fillStyle = color('--text-muted');
    context.textAlign = 'left';
    context.fillText(label, track.x + 2 * radius + 8, y);
    context.fillStyle = color('--text');
    context.textAlign = 'right';
    context.fillText(value === null ? '–' : formatValue(value), track.x + track.width, y);
  }
}
