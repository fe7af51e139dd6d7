import type { Drawing } from '../shared/canvas.ts';
import type { ColumnsBlock, LayerBlock } from './layout.ts';
import { drawByStrength, type Scene } from './scene.ts';
import { tileAt } from './units.ts';

/** A layer's units: the stronger the activation, the darker. */
export function drawLayer(drawing: Drawing, scene: Scene, block: LayerBlock): void {
  const { context, color } = drawing;
  const grid = block.rect;
  const inset = grid.pitch * 0.09;
  const size = grid.pitch - 2 * inset;
  const add = (i: number) => {
    const { x, y } = tileAt(grid, i);
    context.rect(x + inset, y + inset, size, size);
  };
  context.beginPath();
  for (let i = 0; i < grid.count; i++) add(i);
  context.fillStyle = color('--cell-idle');
  context.fill();
  const name = `activity.${block.kind}.${block.index}`;
  const values = scene.tensors.get(name);
  if (values?.length !== grid.count) return;
  const most = scene.scales.most(name, values);
  context.fillStyle = color('--text');
  drawByStrength(
    drawing,
    grid.count,
    i => values[i]! / most,
    add,
    () => context.fill(),
    0.06,
  );
}

/** Every column's score, and the winners among them. */
export function drawPooler(drawing: Drawing, scene: Scene, block: ColumnsBlock): void {
  const { context, color } = drawing;
  const grid = block.rect;
  const inset = grid.pitch * 0.09;
  const size = grid.pitch - 2 * inset;
  const add = (i: number) => {
    const { x, y } = tileAt(grid, i);
    context.rect(x + inset, y + inset, size, size);
  };
  context.beginPath();
  for (let i = 0; i < grid.count; i++) add(i);
  context.fillStyle = color('--cell-idle');
  context.fill();
  const scores = scene.tensors.get('activity.score');
  const { activity } = scene;
  if (!activity || scores?.length !== grid.count) return;
  const most = scene.scales.most('activity.score', scores);
  context.fillStyle = color('--text');
  // Squared, for the many columns that come close shall not outshine the few that win; at most at half strength.
  const strength = (i: number) => (scores[i]! > 0 ? 0.55 * (scores[i]! / most) ** 2 : 0);
  drawByStrength(drawing, grid.count, strength, add, () => context.fill(), 0.04);
  context.fillStyle = color('--surface');
  context.beginPath();
  const grown = Math.max(1, grid.pitch * 0.12);
  for (const column of activity.winners) {
    const { x, y } = tileAt(grid, column);
    context.rect(x - grown, y - grown, grid.pitch + 2 * grown, grid.pitch + 2 * grown);
  }
  context.fill();
  context.fillStyle = color('--winner');
  context.beginPath();
  for (const column of activity.winners) {
    const { x, y } = tileAt(grid, column);
    context.roundRect(x, y, grid.pitch, grid.pitch, grid.pitch * 0.2);
  }
  context.fill();
}
