import { formatTick } from '../charts/figures.ts';
import { plotFont } from '../charts/wave-plot.ts';
import type { Drawing } from '../shared/canvas.ts';
import type { TensorSpread } from '../worker/inspection-views.ts';

const room = { top: 3, bottom: 16 };

/** Bars of counts on a logarithmic scale, over a line of what was expected at the start. */
export function paintHistogram(
  { context, color, width, height }: Drawing,
  { histogram, initial }: TensorSpread,
): void {
  const { counts, reach } = histogram;
  const bottom = height - room.bottom;
  const most = Math.log1p(Math.max(...counts, 1));
  const high = (count: number) => ((bottom - room.top) * Math.log1p(count)) / most;
  const pitch = width / counts.length;
  context.fillStyle = color('--line');
  context.fillRect(0, bottom, width, 1);
  context.fillRect(Math.round(width / 2), room.top, 1, bottom - room.top);
  context.fillStyle = color('--winner');
  counts.forEach((count, bin) => {
    if (count > 0) context.fillRect(bin * pitch, bottom - high(count), pitch * 0.85, high(count));
  });
  if (initial) {
    context.strokeStyle = color('--text-muted');
    context.lineWidth = 1.25;
    context.beginPath();
    initial.forEach((count, bin) => {
      // Less than half a value expected is none to be seen.
      const y = bottom - Math.min(high(count >= 0.5 ? count : 0), bottom - room.top);
      context.lineTo(bin * pitch, y);
      context.lineTo((bin + 1) * pitch, y);
    });
    context.stroke();
  }
  context.font = plotFont;
  context.fillStyle = color('--text-muted');
  context.textBaseline = 'top';
  context.textAlign = 'center';
  context.fillText('0', width / 2, bottom + 4);
  if (reach === 0) return;
  const label = formatTick(Number(reach.toPrecision(2)));
  context.textAlign = 'left';
  context.fillText(`−${label}`, 0, bottom + 4);
  context.textAlign = 'right';
  context.fillText(label, width, bottom + 4);
}
