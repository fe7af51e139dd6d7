import type { Paper } from './paper.ts';
import { contextOf } from './png-paper.ts';
import { Layers } from './svg-layers.ts';
import {
  baselineBelow,
  fillLook,
  fontLook,
  type Look,
  rounded,
  strokeLook,
  transformOf,
} from './svg-look.ts';
import { setAttributes, svgBlob, svgElement } from './svg-picture.ts';

/** Draws an element that looks so, where the context is now. */
type Draw = (name: string, attributes: Look, look: Look, text?: string) => void;

/**
 * Paper on which lines, words and boxes stay what they are. Its context is a real one, which keeps all the state of a context
 * (styles, transform, what was saved) and measures words; in place of those of its methods that paint are others, that
 * write SVG. They know what charts draw, and throw at anything else. The library for this, svgcanvas, sets a style
 * attribute for each text, which the page's policy forbids.
 */
export function svgPaper(width: number, height: number): Paper {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = contextOf(canvas);
  const size = { width: rounded(width), height: rounded(height) };
  // What a canvas has without asking, and SVG has not.
  const defaults = { fill: 'none', 'stroke-miterlimit': 10 };
  const root = svgElement('svg', { ...size, viewBox: `0 0 ${size.width} ${size.height}`, ...defaults });
  const layers = new Layers(root);
  const append = (element: SVGElement, look: Look) =>
    layers.append(element, look, transformOf(context.getTransform()));
  const draw: Draw = (name, attributes, look, text = '') => {
    // Nowhere, as on a canvas.
    if (Object.values(attributes).some(value => typeof value === 'number' && !Number.isFinite(value))) return;
    const element = svgElement(name, attributes);
    element.textContent = text;
    append(element, look);
  };
  const { save, restore } = CanvasRenderingContext2D.prototype;
  Object.assign(
    context,
    pathMethods(context, draw, layers),
    boxMethods(context, draw),
    textMethods(context, draw),
    {
      save: () => {
        save.call(context);
        layers.save();
      },
      restore: () => {
        restore.call(context);
        layers.restore();
      },
    },
  );
  for (const name of unknown)
    context[name] = () => {
      throw new Error(`A picture in SVG has no ${name} yet.`);
    };
  return {
    context,
    drawSvg: async (svg, { x, y, width, height }) => {
      setAttributes(svg, { x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) });
      append(svg, {});
    },
    file: async () => svgBlob(root as SVGSVGElement),
  };
}

const unknown = ['arcTo', 'bezierCurveTo', 'clearRect', 'ellipse', 'putImageData', 'reset'] as const;

/** Paths of lines and circles; a round corner is the same at all four. */
function pathMethods(context: CanvasRenderingContext2D, draw: Draw, layers: Layers) {
  let path = '';
  const command = (letter: string, ...numbers: number[]) => {
    // What leads nowhere is left out, as on a canvas.
    if (numbers.every(Number.isFinite)) path += letter + numbers.map(rounded).join(' ');
  };
  const moveTo = (x: number, y: number) => command('M', x, y);
  // The first point of a path is moved to, whatever it is called.
  const lineTo = (x: number, y: number) => command(path === '' ? 'M' : 'L', x, y);
  const closePath = () => path !== '' && command('Z');
  const arc = (x: number, y: number, radius: number, from: number, to: number, against = false) => {
    const [direction, circle] = [against ? -1 : 1, 2 * Math.PI];
    const asked = direction * (to - from);
    const angle = asked >= circle ? circle : ((asked % circle) + circle) % circle;
    const point = (at: number) => [x + radius * Math.cos(at), y + radius * Math.sin(at)] as const;
    lineTo(...point(from));
    // By halves, because SVG has no arc that ends where it began.
    for (const share of [0.5, 1])
      command('A', radius, radius, 0, 0, against ? 0 : 1, ...point(from + direction * share * angle));
  };
  const roundRect = (x: number, y: number, width: number, height: number, radius = 0) => {
    const round = Math.min(radius, width / 2, height / 2);
    const quarter = Math.PI / 2;
    moveTo(x + round, y);
    const corner = (x: number, y: number, from: number) =>
      round > 0 ? arc(x, y, round, from, from + quarter) : lineTo(x, y);
    corner(x + width - round, y + round, -quarter);
    corner(x + width - round, y + height - round, 0);
    corner(x + round, y + height - round, quarter);
    corner(x + round, y + round, 2 * quarter);
    closePath();
  };
  return {
    beginPath: () => {
      path = '';
    },
    moveTo,
    lineTo,
    closePath,
    arc,
    quadraticCurveTo: (...points: [number, number, number, number]) => command('Q', ...points),
    roundRect,
    rect: (x: number, y: number, width: number, height: number) => roundRect(x, y, width, height),
    fill: () => path !== '' && draw('path', { d: path }, fillLook(context)),
    stroke: () => path !== '' && draw('path', { d: path }, strokeLook(context)),
    clip: (rule: CanvasFillRule = 'nonzero') => layers.clip(path, rule, transformOf(context.getTransform())),
  };
}

function boxMethods(context: CanvasRenderingContext2D, draw: Draw) {
  const box = (look: (context: CanvasRenderingContext2D) => Look) => {
    return (x: number, y: number, width: number, height: number) => {
      const place = { x: Math.min(x, x + width), y: Math.min(y, y + height) };
      const size = { width: Math.abs(width), height: Math.abs(height) };
      draw('rect', all({ ...place, ...size }), look(context));
    };
  };
  /** A canvas, with its pixels as they are. */
  const drawImage = (image: HTMLCanvasElement, ...place: number[]) => {
    const [x, y, width, height] = place;
    if (x === undefined || y === undefined || width === undefined || height === undefined || place.length > 4)
      throw new Error('A picture in SVG knows whole images, with a place and a size.');
    const attributes = {
      ...all({ x, y, width, height }),
      preserveAspectRatio: 'none',
      href: (context.imageSmoothingEnabled ? image : enlarged(image, width, height)).toDataURL(),
      ...(context.imageSmoothingEnabled ? {} : { 'image-rendering': 'pixelated' }),
      ...(context.globalAlpha < 1 ? { opacity: context.globalAlpha } : {}),
    };
    draw('image', attributes, {});
  };
  return { fillRect: box(fillLook), strokeRect: box(strokeLook), drawImage };
}

const all = (numbers: Record<string, number>): Look =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, rounded(value)]));

/** Whole times as large, and two pixels for each one of the page at least: so it is sharp in programs too that blur pixels. */
function enlarged(image: HTMLCanvasElement, width: number, height: number): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = image.width * Math.ceil((2 * width) / image.width);
  copy.height = image.height * Math.ceil((2 * height) / image.height);
  const context = contextOf(copy);
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, copy.width, copy.height);
  return copy;
}

function textMethods(context: CanvasRenderingContext2D, draw: Draw) {
  const write = (look: (context: CanvasRenderingContext2D) => Look) => {
    return (text: string, x: number, y: number) => {
      const place = { x: rounded(x), y: rounded(y + baselineBelow(context, text)) };
      draw('text', place, { ...look(context), ...fontLook(context) }, text);
    };
  };
  return { fillText: write(fillLook), strokeText: write(strokeLook) };
}
