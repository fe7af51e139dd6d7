import type { Paper } from './paper.ts';
import { svgImage } from './svg-picture.ts';

/** Pixels of a PNG for each one of the page. */
const scale = 2;

/** @throws Error where the browser has no memory for the picture */
export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no memory left for a picture; close other pages.');
  return context;
}

/** Paper of pixels. */
export function pngPaper(width: number, height: number): Paper {
  const canvas = document.createElement('canvas');
  const context = contextOf(canvas);
  canvas.width = width * scale;
  canvas.height = height * scale;
  context.scale(scale, scale);
  return {
    context,
    drawSvg: async (svg, box) => {
      svg.setAttribute('width', String(box.width));
      svg.setAttribute('height', String(box.height));
      context.drawImage(await svgImage(svg), box.x, box.y, box.width, box.height);
    },
    file: () =>
      new Promise((resolve, reject) => {
        canvas.toBlob(
          blob => (blob ? resolve(blob) : reject(new Error('This browser could not make the picture.'))),
          'image/png',
        );
      }),
  };
}
