import { downloadFile } from '../shared/download-file.ts';
import { zoom } from '../shared/zoom.ts';
import { useMoment } from '../state/moment.ts';
import { useRun } from '../state/run.ts';
import { fileStem } from '../weights/download.ts';
import { paintElement } from './paint-elements.ts';
import { type ChartFormat, paperOf } from './paper.ts';
import { selfContained, setAttributes, svgBlob, svgElement } from './svg-picture.ts';

/** What is around a plot, in pixels: larger where the page's letters are. */
const measures = (unit = zoom()) => ({
  margin: 12 * unit,
  head: 30 * unit,
  titleLine: 20 * unit,
  legendLine: 20 * unit,
  letter: 13 * unit,
  gap: 8 * unit,
});

/**
 * The plot in a panel as a file, in its present colours, under a title: the panel's own, unless another is given.
 * @param stem begins the file's name: that of the open run, as its weights have it, unless another is given
 */
export async function downloadChart(
  panel: Element,
  name: string,
  format: ChartFormat,
  title = panel.querySelector('h2')?.textContent ?? '',
  stem = shownRun(),
): Promise<void> {
  const blob = await pictureOf(panel, format, title);
  if (blob) downloadFile(blob, `${stem}-${name}.${format}`);
}

/** Begins the name of what shows the run that is open, at the moment that is looked at. */
function shownRun(): string {
  const { applied, step } = useRun.getState();
  return fileStem(applied, useMoment.getState().at ?? step);
}

async function pictureOf(panel: Element, format: ChartFormat, title: string): Promise<Blob | null> {
  const chart = panel.querySelector<SVGSVGElement>('svg.recharts-surface');
  if (chart) {
    const picture = standalone(chart, title);
    if (format === 'svg') return svgBlob(picture);
    const [width, height] = [picture.width.baseVal.value, picture.height.baseVal.value];
    const paper = paperOf(format, width, height);
    await paper.drawSvg(picture, { x: 0, y: 0, width, height });
    return paper.file();
  }
  // A chart of several parts, words among them, marks each; of any other, the picture is its canvas.
  const marked = [...panel.querySelectorAll('[data-picture]')];
  const parts = marked.length > 0 ? marked : [...panel.querySelectorAll('canvas')].slice(0, 1);
  return parts.length > 0 ? pictureOfParts(panel, parts, title, format) : null;
}

interface Look {
  background: string;
  text: string;
  font: string;
}

/** Colours and font of the panel that an element is in. */
function lookOf(element: Element): Look {
  const panel = getComputedStyle(element.closest('.panel') ?? document.body);
  return { background: panel.backgroundColor, text: panel.color, font: panel.fontFamily };
}

/** As much of a text as there is room for in a line. */
function fitted(text: string, font: string, width: number): string {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return text;
  context.font = font;
  let end = text.length;
  const shown = () => (end < text.length ? `${text.slice(0, end)}…` : text);
  while (end > 0 && context.measureText(shown()).width > width) end--;
  return shown();
}

/** A copy that needs no page around it: every style in place, on the panel's background, under what tells its lines apart. */
function standalone(chart: SVGSVGElement, title: string): SVGSVGElement {
  const { width, height } = chart.getBoundingClientRect();
  const { background, text, font } = lookOf(chart);
  const entries = [...(chart.closest('.panel')?.querySelectorAll<HTMLElement>('[data-legend] > li') ?? [])];
  const { margin, head, titleLine, legendLine, letter, gap } = measures();
  const top = head + legendLine * entries.length;
  const copy = selfContained(chart);
  setAttributes(copy, { x: margin, y: top, width, height, overflow: 'visible' });

  const size = { width: width + 2 * margin, height: height + top + margin };
  const picture = svgElement('svg', { ...size, viewBox: `0 0 ${size.width} ${size.height}` });
  const ground = svgElement('rect', { ...size, fill: background });
  const line = (words: string, x: number, y: number, weight: number) => {
    const look = { 'font-family': font, 'font-size': letter, 'font-weight': weight };
    const element = svgElement('text', { x, y, fill: text, ...look });
    element.textContent = fitted(words, `${weight} ${letter}px ${font}`, size.width - margin - x);
    return element;
  };
  picture.append(ground, line(title, margin, titleLine, 650));
  for (const [i, entry] of entries.entries()) {
    const middle = head + legendLine * i + letter / 2;
    const mark = entry.querySelector('svg');
    if (!mark) continue;
    const sample = selfContained(mark);
    const { width, height } = mark.getBoundingClientRect();
    setAttributes(sample, { x: margin, y: middle - height / 2, width, height });
    const words = entry.innerText.replace(/\s+/g, ' ');
    picture.append(sample, line(words, margin + width + gap, middle + 0.42 * letter, 400));
  }
  picture.append(copy);
  return picture as SVGSVGElement;
}

async function pictureOfParts(
  panel: Element,
  parts: readonly Element[],
  title: string,
  format: ChartFormat,
): Promise<Blob> {
  const boxes = parts.map(part => part.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map(b => b.left)), Math.min(...boxes.map(b => b.top))];
  const right = Math.max(...boxes.map(b => b.right));
  const bottom = Math.max(...boxes.map(b => b.bottom));
  const { margin, head, titleLine, letter } = measures();
  const [width, height] = [right - left + 2 * margin, bottom - top + head + margin];
  const { background, text, font } = lookOf(panel);
  const paper = paperOf(format, width, height);
  const { context } = paper;
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  context.fillStyle = text;
  context.font = `650 ${letter}px ${font}`;
  context.fillText(fitted(title, context.font, width - 2 * margin), margin, titleLine);
  const origin = { left: left - margin, top: top - head };
  for (const part of parts) await paintElement(paper, part, origin);
  return paper.file();
}
