import { pictureOn } from '../shared/canvas.ts';
import type { Box, Paper } from './paper.ts';
import { selfContained } from './svg-picture.ts';

/** Where a picture's left upper corner is on the page. */
interface Origin {
  readonly left: number;
  readonly top: number;
}

/**
 * Paints what an element of the page shows, as far as charts need it: canvases and SVG, grounds and borders, and words.
 * What only screen readers find, or makes sense on a page only, is left out.
 */
export async function paintElement(paper: Paper, element: Element, origin: Origin): Promise<void> {
  if (element.matches('.visually-hidden, [data-page-only]')) return;
  const { left, top, width, height } = element.getBoundingClientRect();
  const box = { x: left - origin.left, y: top - origin.top, width, height };
  if (element instanceof HTMLCanvasElement) return paintCanvas(paper.context, element, box);
  if (element instanceof SVGSVGElement) return paper.drawSvg(selfContained(element), box);
  paintBox(paper.context, getComputedStyle(element), box);
  for (const child of element.childNodes) {
    if (child instanceof Element) await paintElement(paper, child, origin);
    else if (child instanceof Text) paintWords(paper.context, child, origin);
  }
}

/** Paints anew what a canvas shows, as sharp as the paper is; of a canvas that others paint, its pixels. */
function paintCanvas(context: CanvasRenderingContext2D, canvas: HTMLCanvasElement, box: Box): void {
  const picture = pictureOn(canvas);
  context.save();
  context.translate(box.x, box.y);
  if (picture) picture(context);
  else if (canvas.width > 0 && canvas.height > 0) context.drawImage(canvas, 0, 0, box.width, box.height);
  context.restore();
}

function paintBox(
  context: CanvasRenderingContext2D,
  style: CSSStyleDeclaration,
  { x, y, width, height }: Box,
): void {
  const path = (inset: number) => {
    context.beginPath();
    const radius = Math.max(0, Number.parseFloat(style.borderTopLeftRadius) - inset || 0);
    context.roundRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset, radius);
  };
  if (style.backgroundColor !== 'rgba(0, 0, 0, 0)') {
    context.fillStyle = style.backgroundColor;
    path(0);
    context.fill();
  }
  const line = Number.parseFloat(style.borderTopWidth);
  if (!(line > 0)) return;
  context.strokeStyle = style.borderTopColor;
  context.lineWidth = line;
  context.setLineDash(style.borderTopStyle === 'dashed' ? [2 * line, 2 * line] : []);
  if (Number.parseFloat(style.borderLeftWidth) > 0) path(line / 2);
  else {
    context.beginPath();
    context.moveTo(x, y + line / 2);
    context.lineTo(x + width, y + line / 2);
  }
  context.stroke();
  context.setLineDash([]);
}

/** Word by word, each where the page has it: lines are broken as they are there. */
function paintWords(context: CanvasRenderingContext2D, text: Text, origin: Origin): void {
  const style = getComputedStyle(text.parentElement!);
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.color;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const range = document.createRange();
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const { left, top, width, height } = range.getBoundingClientRect();
    context.save();
    context.translate(left + width / 2 - origin.left, top + height / 2 - origin.top);
    // What stands upright is read from below.
    if (style.writingMode !== 'horizontal-tb') context.rotate(-Math.PI / 2);
    context.fillText(word, 0, 0);
    context.restore();
  }
}
