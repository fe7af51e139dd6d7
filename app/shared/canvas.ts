import { type RefObject, useEffect, useRef } from 'react';
import { onLiveChange } from '../state/live.ts';
import { letterProbe, sizeOf, zoom } from './zoom.ts';

export interface Drawing {
  readonly context: CanvasRenderingContext2D;
  /** In units of `zoom` CSS pixels, so that pictures grow with the page's letters; the context is scaled to the screen's pixels. */
  readonly width: number;
  readonly height: number;
  /** The present colour of a CSS custom property, such as `--target`. */
  readonly color: (name: string) => string;
  /** Whether it is painted as part of a file: what was drawn before for the screen's pixels is of no use there. */
  readonly saved: boolean;
}

/** How what each canvas shows is painted anywhere, in CSS pixels from its left upper corner. */
const pictures = new WeakMap<HTMLCanvasElement, (context: CanvasRenderingContext2D) => void>();

/** Nothing of a canvas that is not painted by `useDrawing`. */
export const pictureOn = (canvas: HTMLCanvasElement) => pictures.get(canvas);

/**
 * A canvas that `draw` paints whenever live data, the canvas's size, the theme or `dependencies` change: at most once
 * a frame, and not while it is out of sight.
 * @param follow `still` for a picture of something past, which live data do not change
 * @param changed whether a change of live data changes this picture
 */
export function useDrawing(
  draw: (drawing: Drawing) => void,
  dependencies: readonly unknown[] = [],
  follow: 'live' | 'still' = 'live',
  changed: () => boolean = () => true,
): RefObject<HTMLCanvasElement | null> {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ draw, changed });
  latest.current = { draw, changed };
  const repaint = useRef<() => void>(() => {});

  useEffect(() => {
    const canvas = ref.current;
    // Painted by the CPU, so that pictures do not wait for the GPU that trains, nor it for them.
    const context = canvas?.getContext('2d', { willReadFrequently: true });
    if (!canvas || !context) return;
    let visible = true;
    const printing = matchMedia('print');
    let colors = new Map<string, string>();
    const style = getComputedStyle(canvas);
    const color = (name: string) => {
      let value = colors.get(name);
      if (value === undefined) {
        // A custom property reads back as written; only a real colour property resolves `light-dark()`.
        canvas.style.color = `var(${name})`;
        value = style.color;
        colors.set(name, value);
      }
      return value;
    };
    const picture = (on: CanvasRenderingContext2D, saved: boolean) => {
      const unit = zoom();
      on.scale(unit, unit);
      latest.current.draw({ context: on, ...sizeOf(canvas, unit), color, saved });
    };
    pictures.set(canvas, on => picture(on, true));
    const paint = () => {
      if (!(visible || printing.matches) || canvas.clientWidth === 0) return;
      const density = globalThis.devicePixelRatio || 1;
      const [pixelWidth, pixelHeight] = [
        Math.round(canvas.clientWidth * density),
        Math.round(canvas.clientHeight * density),
      ];
      if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
        canvas.width = pixelWidth;
        canvas.height = pixelHeight;
      }
      context.setTransform(density, 0, 0, density, 0, 0);
      context.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
      picture(context, false);
    };
    repaint.current = paint;
    const recolor = () => {
      colors = new Map();
      paint();
    };
    const resizing = new ResizeObserver(paint);
    resizing.observe(canvas);
    resizing.observe(letterProbe());
    const seeing = new IntersectionObserver(entries => {
      visible = entries.at(-1)!.isIntersecting;
      paint();
    });
    seeing.observe(canvas);
    const theming = new MutationObserver(recolor);
    theming.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'data-contrast'],
    });
    // Paper has a width and a theme of its own, and another screen may have finer pixels.
    const sharpness = `(resolution: ${globalThis.devicePixelRatio}dppx)`;
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', sharpness];
    const wishes = [printing, ...queries.map(query => matchMedia(query))];
    for (const wish of wishes) wish.addEventListener('change', recolor);
    const stop = follow === 'live' ? onLiveChange(() => latest.current.changed() && paint()) : () => {};
    paint();
    return () => {
      stop();
      resizing.disconnect();
      seeing.disconnect();
      theming.disconnect();
      for (const wish of wishes) wish.removeEventListener('change', recolor);
    };
  }, [follow]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller lists what its drawing depends on
  useEffect(() => repaint.current(), dependencies);
  return ref;
}
