import type { Drawing } from '../shared/canvas.ts';
import { addCircle, strengthLevels } from './scene.ts';

/** The size of a ring for a strength, as a share of the cell's radius. */
const ringRadius = (level: number): number => 0.45 + (0.55 * level) / strengthLevels;

/**
 * Rings of every strength, drawn once and then copied: hundreds of them are shown at a time, and a picture is copied
 * in a fraction of the time that a circle takes.
 */
export class Rings {
  #key = '';
  readonly #sheet = document.createElement('canvas');
  /** Side of a ring's square on the sheet, in device pixels; even, so that its centre is a pixel's corner. */
  #side = 0;
  #scale = 1;

  /** @returns what draws a ring around a cell's centre */
  prepare(drawing: Drawing, radius: number): (x: number, y: number, level: number) => void {
    const { context, color, saved } = drawing;
    const stroke = color('--cell-predictive');
    const lineWidth = Math.min(3, Math.max(1, radius * 0.42));
    if (saved)
      return (x, y, level) => {
        context.strokeStyle = stroke;
        context.lineWidth = lineWidth;
        context.beginPath();
        addCircle(context, x, y, radius * ringRadius(level));
        context.stroke();
      };
    const scale = context.getTransform().a;
    const key = [scale, stroke, radius].join(' ');
    if (key !== this.#key) this.#drawSheet(stroke, lineWidth, radius, scale);
    this.#key = key;
    return (x, y, level) => this.#copy(context, x, y, level);
  }

  #drawSheet(stroke: string, lineWidth: number, radius: number, scale: number): void {
    this.#scale = scale;
    this.#side = 2 * Math.ceil((radius + lineWidth) * scale);
    this.#sheet.width = this.#side * strengthLevels;
    this.#sheet.height = this.#side;
    // In the CPU's memory, as the canvas is that it is copied to.
    const sheet = this.#sheet.getContext('2d', { willReadFrequently: true })!;
    sheet.strokeStyle = stroke;
    sheet.lineWidth = lineWidth * scale;
    sheet.beginPath();
    for (let level = 1; level <= strengthLevels; level++)
      addCircle(sheet, this.#side * (level - 0.5), this.#side / 2, radius * scale * ringRadius(level));
    sheet.stroke();
  }

  #copy(context: CanvasRenderingContext2D, x: number, y: number, level: number): void {
    const side = this.#side;
    const size = side / this.#scale;
    const snap = (centre: number) => Math.round(centre * this.#scale) / this.#scale - size / 2;
    context.drawImage(this.#sheet, side * (level - 1), 0, side, side, snap(x), snap(y), size, size);
  }
}
