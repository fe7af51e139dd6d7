import { downloadFile } from '../shared/download-file.ts';

export type ChartFormat = 'svg' | 'png';

/** Of what a style sheet may have set, what a picture of lines and words depends on. */
const drawn = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'paint-order',
  'opacity',
  'visibility',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant-numeric',
  'text-anchor',
  'dominant-baseline',
] as const;

const margin = 12;
const headHeight = 30;
/** Pixels of a PNG for each one of the page. */
const scale = 2;

const xmlns = 'http://www.w3.org/2000/svg';

/** The plot in a panel as a file, in its present colours, under a title: the panel's own, unless another is given. */
export async function downloadChart(
  panel: Element,
  name: string,
  format: ChartFormat,
  title = panel.querySelector('h2')?.textContent ?? '',
): Promise<void> {
  const chart = panel.querySelector<SVGSVGElement | HTMLCanvasElement>('svg.recharts-surface, canvas');
  if (!chart) return;
  const file = `deephtm-${name}.${format}`;
  if (format === 'png') downloadFile(await png(chart, title), file);
  else if (chart instanceof SVGSVGElement) downloadFile(svgBlob(standalone(chart, title)), file);
}

const svgBlob = (svg: SVGSVGElement) =>
  new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });

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

/** A copy that needs no page around it: every style in place, on the panel's background. */
function standalone(chart: SVGSVGElement, title: string): SVGSVGElement {
  const { width, height } = chart.getBoundingClientRect();
  const { background, text, font } = lookOf(chart);
  const copy = chart.cloneNode(true) as SVGSVGElement;
  inline(chart, copy);
  place(copy, { x: margin, y: headHeight, width, height });

  const picture = document.createElementNS(xmlns, 'svg');
  const size = { width: width + 2 * margin, height: height + headHeight + margin };
  place(picture, { ...size, viewBox: `0 0 ${size.width} ${size.height}` });
  const ground = document.createElementNS(xmlns, 'rect');
  place(ground, { ...size, fill: background });
  const heading = document.createElementNS(xmlns, 'text');
  place(heading, { x: margin, y: 20, fill: text, 'font-family': font, 'font-size': 13, 'font-weight': 650 });
  heading.textContent = title;
  picture.append(ground, heading, copy);
  return picture;
}

function place(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** Gives every element of `copy` what `from` looks like, as attributes, and takes away what only a page understands. */
function inline(from: Element, copy: Element): void {
  const style = getComputedStyle(from);
  for (const name of drawn) {
    const value = style.getPropertyValue(name);
    if (value !== '') copy.setAttribute(name, value);
  }
  for (const name of ['class', 'style', 'tabindex', 'role']) copy.removeAttribute(name);
  for (const [i, child] of [...from.children].entries()) inline(child, copy.children[i]!);
}

/** @throws Error where the browser has no memory for the picture */
async function png(chart: SVGSVGElement | HTMLCanvasElement, title: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no memory left for a picture; close other pages.');
  if (chart instanceof SVGSVGElement) {
    const picture = standalone(chart, title);
    const image = new Image();
    const address = URL.createObjectURL(svgBlob(picture));
    image.src = address;
    await image.decode();
    canvas.width = picture.width.baseVal.value * scale;
    canvas.height = picture.height.baseVal.value * scale;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
  } else {
    const { width, height } = chart.getBoundingClientRect();
    const { background, text, font } = lookOf(chart);
    canvas.width = (width + 2 * margin) * scale;
    canvas.height = (height + headHeight + margin) * scale;
    context.scale(scale, scale);
    context.fillStyle = background;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = text;
    context.font = `650 13px ${font}`;
    context.fillText(title, margin, 20);
    context.drawImage(chart, margin, headHeight, width, height);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      blob => (blob ? resolve(blob) : reject(new Error('This browser could not make the picture.'))),
      'image/png',
    );
  });
}
