import type { Drawing } from '../shared/canvas.ts';
import type { Arrow, Block, Layout } from './layout.ts';
import { fontFamily } from './scene.ts';

const flowColors: Record<Arrow['flow'], string> = {
  value: '--text-muted',
  winners: '--winner',
  predictive: '--cell-predictive',
  active: '--cell-correct',
  prediction: '--prediction',
};

/** Titles and arrows: what does not change from step to step. */
export function drawStructure(drawing: Drawing, layout: Layout): void {
  for (const block of layout.blocks) drawTitle(drawing, layout, block);
  for (const arrow of layout.arrows) drawArrow(drawing, layout, arrow);
  drawLoop(drawing, layout);
}

function drawTitle({ context, color }: Drawing, { text }: Layout, block: Block): void {
  const { titleX: x, titleWidth: width } = block;
  const { y } = block.rect;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.font = `600 ${text}px ${fontFamily}`;
  context.fillStyle = color('--text');
  context.fillText(block.title, x, y - 6);
  const left = x + context.measureText(`${block.title} `).width + 2;
  context.font = `${text - 1}px ${fontFamily}`;
  context.fillStyle = color('--text-muted');
  // Where the arrow from above comes by there may be room for a layer's number alone.
  const room = x + width - left - (block.kind === 'encoder' ? 12 : 0);
  const details = 'index' in block ? [block.detail, block.detail.split(' ')[0]!] : [block.detail];
  const detail = details.find(d => context.measureText(d).width <= room);
  if (detail) context.fillText(detail, left, y - 6);
}

function drawArrow({ context, color }: Drawing, { text }: Layout, arrow: Arrow): void {
  const [x0, y0] = arrow.from;
  const [x1, y1] = arrow.to;
  context.strokeStyle = context.fillStyle = color(flowColors[arrow.flow]);
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const shaft = arrowHead(context, x1, y1, angle);
  context.lineWidth = 1.75;
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(...shaft);
  context.stroke();

  context.font = `${text}px ${fontFamily}`;
  context.fillStyle = color('--text-muted');
  const middleX = (x0 + x1) / 2;
  const middleY = (y0 + y1) / 2;
  if (arrow.at === 'over') {
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    for (const [i, line] of arrow.label.entries())
      context.fillText(line, middleX, middleY - 8 - (arrow.label.length - 1 - i) * (text + 2));
    return;
  }
  context.textAlign = arrow.at === 'left' ? 'right' : 'left';
  context.textBaseline = 'middle';
  const x = middleX + (arrow.at === 'left' ? -8 : 8);
  // A short arrow shares its lower half with the title of the block that it points to.
  const y = Math.abs(y1 - y0) < 4 * text ? Math.min(y0, y1) + text * 0.55 : middleY;
  for (const [i, line] of arrow.label.entries()) context.fillText(line, x, y + i * (text + 2));
}

/** @returns where the shaft ends */
function arrowHead(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  angle: number,
): [x: number, y: number] {
  const length = 8;
  const half = 4.2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - length * cos + half * sin, y - length * sin - half * cos);
  context.lineTo(x - length * cos - half * sin, y - length * sin + half * cos);
  context.closePath();
  context.fill();
  return [x - (length - 1) * cos, y - (length - 1) * sin];
}

/** The longest that there is room for is shown. */
const loopLabels = ['context, one step later', 'one step later', 'context'];

function drawLoop({ context, color }: Drawing, { loop, text }: Layout): void {
  const { from, to, y, depth } = loop;
  const run = y + depth - text * 0.6 - 2;
  const radius = Math.min(10, run - y - 4);
  context.font = `${text}px ${fontFamily}`;
  const middle = (from + to) / 2;
  const room = from - to - 2 * radius - 16;
  const label = loopLabels.find(l => context.measureText(l).width <= room) ?? '';
  const half = context.measureText(label).width / 2 + 8;
  context.strokeStyle = context.fillStyle = color('--cell-predictive');
  context.lineWidth = 1.75;
  context.beginPath();
  context.moveTo(from, y + 4);
  context.arc(from - radius, run - radius, radius, 0, Math.PI / 2);
  context.lineTo(middle + half, run);
  context.moveTo(middle - half, run);
  context.lineTo(to + radius, run);
  context.arc(to + radius, run - radius, radius, Math.PI / 2, Math.PI);
  context.stroke();
  context.beginPath();
  context.moveTo(to, run - radius);
  context.lineTo(...arrowHead(context, to, y + 3, -Math.PI / 2));
  context.stroke();
  context.fillStyle = color('--text-muted');
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(label, middle, run);
}
