import type { Drawing } from '../shared/canvas.ts';
import { cellState, gatesOf } from './activity.ts';
import type { ColumnsBlock } from './layout.ts';
import { addCircle, addDiamond, drawByStrength, type Scene } from './scene.ts';
import { type CellPlaces, cellPlaces, showsCells, tileAt } from './units.ts';

/** The columns with their cells. */
export function drawMemory(drawing: Drawing, scene: Scene, block: ColumnsBlock): void {
  const grid = block.rect;
  const places = cellPlaces(scene.config.cellsPerColumn);
  drawTiles(drawing, scene, block);
  if (showsCells(grid, places)) {
    drawIdleCells(drawing, scene, block, places);
    drawPredictive(drawing, scene, block, places);
    drawActive(drawing, scene, block, places);
  } else drawWholeColumns(drawing, scene, block);
}

function drawTiles({ context, color }: Drawing, { activity }: Scene, { rect: grid }: ColumnsBlock): void {
  const inset = grid.pitch * 0.05;
  const size = grid.pitch - 2 * inset;
  const corner = grid.pitch * 0.18;
  const add = (column: number, by = 0) => {
    const { x, y } = tileAt(grid, column);
    context.roundRect(x + inset - by, y + inset - by, size + 2 * by, size + 2 * by, corner);
  };
  context.beginPath();
  for (let j = 0; j < grid.count; j++) add(j);
  context.fillStyle = color('--surface-sunken');
  context.fill();
  if (!activity) return;
  const lineWidth = Math.min(3, Math.max(1.5, grid.pitch * 0.085));
  context.lineWidth = lineWidth;
  for (const bursting of [false, true]) {
    const columns = activity.winners.filter(j => activity.bursting.has(j) === bursting);
    if (columns.length === 0) continue;
    context.beginPath();
    for (const j of columns) add(j);
    context.fillStyle = color('--surface');
    context.fill();
    context.strokeStyle = context.fillStyle = color(bursting ? '--cell-burst' : '--winner');
    context.globalAlpha = bursting ? 0.22 : 0.16;
    context.fill();
    context.globalAlpha = 1;
    context.stroke();
  }
}

/** Calls `visit` with every cell and its centre. */
function eachCell(
  { rect: grid }: ColumnsBlock,
  places: CellPlaces,
  visit: (cell: number, x: number, y: number) => void,
): void {
  for (let j = 0; j < grid.count; j++) {
    const tile = tileAt(grid, j);
    for (const [m, [x, y]] of places.centres.entries())
      visit(j * places.centres.length + m, tile.x + x * grid.pitch, tile.y + y * grid.pitch);
  }
}

function drawIdleCells(
  { context, color }: Drawing,
  _scene: Scene,
  block: ColumnsBlock,
  places: CellPlaces,
): void {
  const radius = Math.min(3, block.rect.pitch * places.radius * 0.42);
  context.beginPath();
  eachCell(block, places, (_cell, x, y) => context.rect(x - radius, y - radius, 2 * radius, 2 * radius));
  context.fillStyle = color('--target');
  context.globalAlpha = 0.35;
  context.fill();
  context.globalAlpha = 1;
}

/** Rings around the cells that expect to be active next; the stronger, the larger. */
function drawPredictive(drawing: Drawing, scene: Scene, block: ColumnsBlock, places: CellPlaces): void {
  const { context, color } = drawing;
  const predictive = scene.tensors.get('state.predictive');
  if (!scene.activity || !predictive) return;
  const grid = block.rect;
  const most = scene.scales.most('state.predictive', predictive);
  const radius = grid.pitch * places.radius;
  const count = places.centres.length;
  context.strokeStyle = color('--cell-predictive');
  context.lineWidth = Math.min(3, Math.max(1, radius * 0.42));
  drawByStrength(
    drawing,
    predictive.length,
    cell => predictive[cell]! / most,
    (cell, strength) => {
      const tile = tileAt(grid, Math.floor(cell / count));
      const [x, y] = places.centres[cell % count]!;
      addCircle(context, tile.x + x * grid.pitch, tile.y + y * grid.pitch, radius * (0.45 + 0.55 * strength));
    },
    () => context.stroke(),
    0.05,
  );
}

/** Discs for predicted cells, diamonds for those that burst; the larger their share of the column, the larger. */
function drawActive(drawing: Drawing, scene: Scene, block: ColumnsBlock, places: CellPlaces): void {
  const { context, color } = drawing;
  const { activity, tensors } = scene;
  const previous = tensors.get('previous.predictive');
  if (!activity || !previous) return;
  const grid = block.rect;
  const count = places.centres.length;
  const radius = grid.pitch * places.radius;
  for (const column of activity.winners) {
    const tile = tileAt(grid, column);
    const gates = gatesOf(activity, previous, column, count);
    const bursting = activity.bursting.has(column);
    context.beginPath();
    for (const [m, [x, y]] of places.centres.entries()) {
      if (gates[m] === 0) continue;
      const at = [tile.x + x * grid.pitch, tile.y + y * grid.pitch] as const;
      if (bursting) addDiamond(context, ...at, radius * 1.15);
      else addCircle(context, ...at, radius * (0.8 + 0.4 * gates[m]!));
    }
    context.fillStyle = color(bursting ? '--cell-burst' : '--cell-correct');
    context.fill();
  }
}

/** Tiles too small for cells: a disc for a predicted winner, a diamond for one that bursts, predictions as shades. */
function drawWholeColumns(drawing: Drawing, scene: Scene, { rect: grid }: ColumnsBlock): void {
  const { context, color } = drawing;
  const { activity, config, tensors } = scene;
  const predictive = tensors.get('state.predictive');
  const previous = tensors.get('previous.predictive');
  if (!activity || !predictive || !previous) return;
  const count = config.cellsPerColumn;
  const most = scene.scales.most('state.predictive', predictive);
  const strongest = (column: number) => {
    let value = 0;
    for (let m = 0; m < count; m++) value = Math.max(value, predictive[column * count + m]!);
    return activity.rank[column]! < 0 ? value / most : 0;
  };
  context.fillStyle = color('--cell-predictive');
  drawByStrength(
    drawing,
    grid.count,
    strongest,
    (column, strength) => {
      const { x, y } = tileAt(grid, column);
      const size = grid.pitch * (0.2 + 0.4 * strength);
      context.rect(x + (grid.pitch - size) / 2, y + (grid.pitch - size) / 2, size, size);
    },
    () => context.fill(),
    0.05,
  );
  for (const column of activity.winners) {
    const { x, y } = tileAt(grid, column);
    const predicted = Array.from({ length: count }, (_, m) =>
      cellState(activity, column, previous[column * count + m]!),
    );
    const bursting = predicted.includes('burst');
    const add = bursting ? addDiamond : addCircle;
    context.beginPath();
    add(context, x + grid.pitch / 2, y + grid.pitch / 2, grid.pitch * 0.4);
    context.fillStyle = color(bursting ? '--cell-burst' : '--cell-correct');
    context.fill();
  }
}
