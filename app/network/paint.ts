import type { Drawing } from '../shared/canvas.ts';
import { drawLayer, drawPooler } from './draw-layers.ts';
import { drawFrames, drawLinks } from './draw-links.ts';
import { drawMemory } from './draw-memory.ts';
import { drawSignal } from './draw-signals.ts';
import type { Scene } from './scene.ts';

/** Paints the network as a scene describes it. */
export function paintNetwork(drawing: Drawing, scene: Scene): void {
  scene.backdrop.draw(drawing, scene.layout, scene.config.cellsPerColumn);
  for (const block of scene.layout.blocks) {
    switch (block.kind) {
      case 'input':
      case 'output':
        drawSignal(drawing, scene, block);
        break;
      case 'encoder':
      case 'decoder':
        drawLayer(drawing, scene, block);
        break;
      case 'pooler':
        drawPooler(drawing, scene, block);
        break;
      case 'memory':
        drawMemory(drawing, scene, block);
        break;
    }
  }
  drawLinks(drawing, scene);
  drawFrames(drawing, scene);
}
