import { pngPaper } from './png-paper.ts';
import { svgPaper } from './svg-paper.ts';

export type ChartFormat = 'svg' | 'png';

/** Where a part of a picture is, in pixels of the page. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a picture is painted on before it becomes a file. */
export interface Paper {
  readonly context: CanvasRenderingContext2D;
  /** @param svg a copy that needs no page around it, and is given away */
  readonly drawSvg: (svg: SVGSVGElement, box: Box) => Promise<void>;
  readonly file: () => Promise<Blob>;
}

/** @throws Error where the browser has no memory for a picture of this size, in pixels of the page */
export const paperOf = (format: ChartFormat, width: number, height: number): Paper =>
  (format === 'svg' ? svgPaper : pngPaper)(width, height);
