import type { Drawing } from '../shared/canvas.ts';
import { drawIdleUnits } from './draw-layers.ts';
import { drawIdleMemory } from './draw-memory.ts';
import { drawStructure } from './draw-structure.ts';
import type { Layout } from './layout.ts';

const roles = ['--text', '--text-muted', '--surface-sunken', '--cell-idle', '--cell-predictive', '--target'];

/** The network at rest, with titles and arrows: drawn once for a layout and a theme, then copied. */
export class Backdrop {
  #layout: Layout | null = null;
  #key = '';
  readonly #canvas = document.createElement('canvas');

  draw(drawing: Drawing, layout: Layout, cellsPerColumn: number): void {
    if (drawing.saved) {
      paint(drawing, layout, cellsPerColumn);
      return;
    }
    const { context, width, height, color } = drawing;
    const scale = context.getTransform().a;
    const key = [scale, ...roles.map(color)].join(' ');
    if (layout !== this.#layout || key !== this.#key) {
      this.#layout = layout;
      this.#key = key;
      this.#canvas.width = context.canvas.width;
      this.#canvas.height = context.canvas.height;
      // In the CPU's memory, as the canvas is that it is copied to.
      const own = this.#canvas.getContext('2d', { willReadFrequently: true })!;
      own.setTransform(scale, 0, 0, scale, 0, 0);
      paint({ ...drawing, context: own }, layout, cellsPerColumn);
    }
    context.drawImage(this.#canvas, 0, 0, width, height);
  }
}

function paint(drawing: Drawing, layout: Layout, cellsPerColumn: number): void {
  drawStructure(drawing, layout);
  for (const block of layout.blocks) {
    if (block.kind === 'memory') drawIdleMemory(drawing, block, cellsPerColumn);
    else if ('pitch' in block.rect) drawIdleUnits(drawing, block.rect);
  }
}
