import type { Drawing } from '../shared/canvas.ts';
import type { ColumnsBlock, Grid, LayerBlock } from './layout.ts';
import { drawByStrength, type Scene } from './scene.ts';
import { tileAt } from './units.ts';

/** The share of a tile's side that is kept free around its unit. */
const margin = 0.09;

function fillUnit(context: CanvasRenderingContext2D, grid: Grid, index: number): void {
  const { x, y } = tileAt(grid, index);
  const inset = grid.pitch * margin;
  context.fillRect(x + inset, y + inset, grid.pitch - 2 * inset, grid.pitch - 2 * inset);
}

/** Every unit at rest. */
export function drawIdleUnits({ context, color }: Drawing, grid: Grid): void {
  context.fillStyle = color('--cell-idle');
  for (let i = 0; i < grid.count; i++) fillUnit(context, grid, i);
}

/** A layer's units: the stronger the activation, the darker. */
export function drawLayer({ context, color }: Drawing, scene: Scene, block: LayerBlock): void {
  const grid = block.rect;
  const name = `activity.${block.kind}.${block.index}`;
  const values = scene.tensors.get(name);
  if (values?.length !== grid.count) return;
  const most = scene.scales.most(name, values);
  context.fillStyle = color('--text');
  drawByStrength(
    context,
    grid.count,
    i => values[i]! / most,
    0.06,
    i => fillUnit(context, grid, i),
  );
}

/** Every column's score, and the winners among them. */
export function drawPooler({ context, color }: Drawing, scene: Scene, block: ColumnsBlock): void {
  const grid = block.rect;
  const scores = scene.tensors.get('activity.score');
  const { activity } = scene;
  if (!activity || scores?.length !== grid.count) return;
  const most = scene.scales.most('activity.score', scores);
  context.fillStyle = color('--text');
  // Squared, for the many columns that come close shall not outshine the few that win; at most at half strength.
  const strength = (i: number) => (scores[i]! > 0 ? 0.55 * (scores[i]! / most) ** 2 : 0);
  drawByStrength(context, grid.count, strength, 0.04, i => fillUnit(context, grid, i));
  context.fillStyle = color('--surface');
  const grown = Math.max(1, grid.pitch * 0.12);
  for (const column of activity.winners) {
    const { x, y } = tileAt(grid, column);
    context.fillRect(x - grown, y - grown, grid.pitch + 2 * grown, grid.pitch + 2 * grown);
  }
  context.fillStyle = color('--winner');
  context.beginPath();
  for (const column of activity.winners) {
    const { x, y } = tileAt(grid, column);
    context.roundRect(x, y, grid.pitch, grid.pitch, grid.pitch * 0.2);
  }
  context.fill();
}
