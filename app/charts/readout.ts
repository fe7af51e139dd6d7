import { plotFont, type Surface } from './wave-plot.ts';

/** A small box of words beside a point of a canvas, kept within its edges. */
export function paintReadout(
  { context, color }: Surface,
  canvas: { width: number; height: number },
  at: { x: number; y: number },
  lines: readonly string[],
): void {
  context.font = plotFont;
  const width = Math.max(...lines.map(line => context.measureText(line).width)) + 16;
  const height = lines.length * 15 + 9;
  const x = at.x + 12 + width <= canvas.width ? at.x + 12 : Math.max(0, at.x - 12 - width);
  const y = Math.min(Math.max(0, at.y - height / 2), canvas.height - height);
  context.beginPath();
  context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, 5);
  context.fillStyle = color('--surface');
  context.fill();
  context.strokeStyle = color('--line');
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = color('--text');
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  lines.forEach((line, i) => {
    context.fillText(line, x + 8, y + 12.5 + i * 15);
  });
}
