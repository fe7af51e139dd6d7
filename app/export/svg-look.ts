/** Attributes of SVG. */
export type Look = Readonly<Record<string, string | number>>;

/** As fine as anything on a screen, in few digits. */
export const rounded = (pixels: number): number => Math.round(pixels * 100) / 100;

/** A transform as an attribute; empty where there is none. */
export function transformOf({ a, b, c, d, e, f }: DOMMatrix): string {
  const fine = (factor: number) => Math.round(factor * 1e5) / 1e5;
  const [x, y] = [rounded(e), rounded(f)];
  if (a !== 1 || b !== 0 || c !== 0 || d !== 1)
    return `matrix(${fine(a)} ${fine(b)} ${fine(c)} ${fine(d)} ${x} ${y})`;
  return x === 0 && y === 0 ? '' : `translate(${x} ${y})`;
}

let probe: CanvasRenderingContext2D | null = null;

/** A style of a context as six digits that any program knows, and how opaque it is. */
function colorOf(style: string | CanvasGradient | CanvasPattern): { color: string; alpha: number } {
  if (typeof style !== 'string') throw new Error('A picture in SVG knows plain colours only.');
  if (style.startsWith('#')) return { color: style, alpha: 1 };
  probe ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = style;
  probe.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = probe.getImageData(0, 0, 1, 1).data as unknown as number[];
  const hex = ((red! << 16) | (green! << 8) | blue!).toString(16).padStart(6, '0');
  return { color: `#${hex}`, alpha: rounded(alpha! / 255) };
}

export function fillLook({ fillStyle, globalAlpha }: CanvasRenderingContext2D): Look {
  const { color, alpha } = colorOf(fillStyle);
  return { fill: color, ...unless(1, 'fill-opacity', rounded(alpha * globalAlpha)) };
}

export function strokeLook(context: CanvasRenderingContext2D): Look {
  const { strokeStyle, globalAlpha, lineWidth, lineCap, lineJoin } = context;
  const { color, alpha } = colorOf(strokeStyle);
  return {
    stroke: color,
    ...unless(1, 'stroke-opacity', rounded(alpha * globalAlpha)),
    ...unless(1, 'stroke-width', lineWidth),
    ...unless('butt', 'stroke-linecap', lineCap),
    ...unless('miter', 'stroke-linejoin', lineJoin),
    ...unless('', 'stroke-dasharray', context.getLineDash().join(' ')),
  };
}

const anchors = { start: 'start', left: 'start', center: 'middle', end: 'end', right: 'end' } as const;

export function fontLook({ font, textAlign }: CanvasRenderingContext2D): Look {
  const { style } = document.createElement('span');
  style.font = font;
  return {
    'font-family': style.fontFamily,
    'font-size': style.fontSize,
    ...unless('normal', 'font-style', style.fontStyle),
    ...unless('normal', 'font-weight', style.fontWeight),
    ...unless('start', 'text-anchor', anchors[textAlign]),
  };
}

const unless = (normal: string | number, name: string, value: string | number): Look =>
  value === normal ? {} : { [name]: value };

/** How far below where a text is drawn its letters stand: programs read other baselines of SVG in their own ways. */
export function baselineBelow(context: CanvasRenderingContext2D, text: string): number {
  const { textBaseline } = context;
  const above = context.measureText(text).actualBoundingBoxAscent;
  context.textBaseline = 'alphabetic';
  const below = context.measureText(text).actualBoundingBoxAscent - above;
  context.textBaseline = textBaseline;
  return below;
}
