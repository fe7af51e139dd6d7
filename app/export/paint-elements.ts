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

/** Line by line, each where the page has it: lines are broken as they are there. */
function paintWords(context: CanvasRenderingContext2D, text: Text, origin: Origin): void {
  const style = getComputedStyle(text.parentElement!);
  const upright = style.writingMode !== 'horizontal-tb';
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.color;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { words, box } of linesOf(text, upright)) {
    const [x, y] = [box.left + box.width / 2 - origin.left, box.top + box.height / 2 - origin.top];
    if (!upright) {
      context.fillText(words, x, y);
      continue;
    }
    context.save();
    context.translate(x, y);
    // Read from below.
    context.rotate(-Math.PI / 2);
    context.fillText(words, 0, 0);
    context.restore();
  }
}

interface Line {
  readonly words: string;
  /** Where it begins in the text. */
  readonly start: number;
  readonly box: DOMRect;
}

function linesOf(text: Text, upright: boolean): Line[] {
  const lines: Line[] = [];
  const range = document.createRange();
  const boxOf = (start: number, end: number) => {
    range.setStart(text, start);
    range.setEnd(text, end);
    return range.getBoundingClientRect();
  };
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    const end = index + word.length;
    const box = boxOf(index, end);
    const last = lines.at(-1);
    if (last && (upright ? box.left === last.box.left : box.top === last.box.top)) {
      const { start } = last;
      lines[lines.length - 1] = { words: `${last.words} ${word}`, start, box: boxOf(start, end) };
    } else lines.push({ words: word, start: index, box });
  }
  return lines;
}
