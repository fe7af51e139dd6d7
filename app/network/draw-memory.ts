import type { Drawing } from '../shared/canvas.ts';
import { type Activity, gatesOf } from './activity.ts';
import type { ColumnsBlock, Grid } from './layout.ts';
import { addCircle, addDiamond, drawByStrength, type Scene, strengthLevels } from './scene.ts';
import { type CellPlaces, cellCentre, cellPlaces, showsCells, tileAt } from './units.ts';

/** The columns and their cells at rest. */
export function drawIdleMemory(drawing: Drawing, { rect: grid }: ColumnsBlock, cellsPerColumn: number): void {
  const { context, color } = drawing;
  context.beginPath();
  for (let j = 0; j < grid.count; j++) addTile(context, grid, j);
  context.fillStyle = color('--surface-sunken');
  context.fill();
  const places = cellPlaces(cellsPerColumn);
  if (!showsCells(grid, places)) return;
  context.fillStyle = color('--target');
  context.globalAlpha = 0.35;
  for (let cell = 0; cell < grid.count * cellsPerColumn; cell++) drawIdleCell(context, grid, places, cell);
  context.globalAlpha = 1;
}

/** What the columns and their cells do, over the same at rest. */
export function drawMemory(drawing: Drawing, scene: Scene, block: ColumnsBlock): void {
  const { activity } = scene;
  if (!activity) return;
  const grid = block.rect;
  const places = cellPlaces(scene.config.cellsPerColumn);
  drawWinners(drawing, activity, grid);
  if (showsCells(grid, places)) {
    drawIdleWinners(drawing, activity, grid, places);
    drawPredictive(drawing, scene, grid, places);
    drawActive(drawing, scene, activity, grid, places);
  } else drawWholeColumns(drawing, scene, activity, grid);
}

function addTile(context: CanvasRenderingContext2D, grid: Grid, column: number): void {
  const { x, y } = tileAt(grid, column);
  const inset = grid.pitch * 0.05;
  const size = grid.pitch - 2 * inset;
  context.roundRect(x + inset, y + inset, size, size, grid.pitch * 0.18);
}

function drawIdleCell(context: CanvasRenderingContext2D, grid: Grid, places: CellPlaces, cell: number): void {
  const [x, y] = cellCentre(grid, places, cell);
  const radius = Math.min(3, grid.pitch * places.radius * 0.42);
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}

/** Framed tiles: blue where the column was predicted, orange where it bursts. */
function drawWinners({ context, color }: Drawing, activity: Activity, grid: Grid): void {
  context.lineWidth = Math.min(3, Math.max(1.5, grid.pitch * 0.085));
  for (const bursting of [false, true]) {
    const columns = activity.winners.filter(j => activity.bursting.has(j) === bursting);
    if (columns.length === 0) continue;
    context.beginPath();
    for (const j of columns) addTile(context, grid, j);
    context.fillStyle = color('--surface');
    context.fill();
    context.strokeStyle = context.fillStyle = color(bursting ? '--cell-burst' : '--winner');
    context.globalAlpha = bursting ? 0.22 : 0.16;
    context.fill();
    context.globalAlpha = 1;
    context.stroke();
  }
}

/** A winner's tile has been painted over: its idle cells come back. */
function drawIdleWinners(
  { context, color }: Drawing,
  activity: Activity,
  grid: Grid,
  places: CellPlaces,
): void {
  const count = places.centres.length;
  context.fillStyle = color('--target');
  context.globalAlpha = 0.35;
  for (const j of activity.winners)
    for (let m = 0; m < count; m++) drawIdleCell(context, grid, places, j * count + m);
  context.globalAlpha = 1;
}

/** Rings around the cells that expect to be active next; the stronger, the larger. */
function drawPredictive(drawing: Drawing, scene: Scene, grid: Grid, places: CellPlaces): void {
  const predictive = scene.tensors.get('state.predictive');
  if (!predictive) return;
  const { context } = drawing;
  const most = scene.scales.most('state.predictive', predictive);
  const drawRing = scene.rings.prepare(drawing, grid.pitch * places.radius);
  drawByStrength(
    context,
    predictive.length,
    cell => predictive[cell]! / most,
    0.05,
    (cell, level) => drawRing(...cellCentre(grid, places, cell), level),
  );
}

/** Discs for predicted cells, diamonds for those that burst; the larger their share of the column, the larger. */
function drawActive(
  { context, color }: Drawing,
  { tensors }: Scene,
  activity: Activity,
  grid: Grid,
  places: CellPlaces,
): void {
  const previous = tensors.get('previous.predictive');
  if (!previous) return;
  const count = places.centres.length;
  const radius = grid.pitch * places.radius;
  for (const column of activity.winners) {
    const gates = gatesOf(activity, previous, column, count);
    const bursting = activity.bursting.has(column);
    context.beginPath();
    for (const [m, gate] of gates.entries()) {
      if (gate === 0) continue;
      const centre = cellCentre(grid, places, column * count + m);
      if (bursting) addDiamond(context, ...centre, radius * 1.15);
      else addCircle(context, ...centre, radius * (0.8 + 0.4 * gate));
    }
    context.fillStyle = color(bursting ? '--cell-burst' : '--cell-correct');
    context.fill();
  }
}

/** Tiles too small for cells: a disc for a predicted winner, a diamond for one that bursts, predictions as shades. */
function drawWholeColumns(
  { context, color }: Drawing,
  { config, scales, tensors }: Scene,
  activity: Activity,
  grid: Grid,
): void {
  const predictive = tensors.get('state.predictive');
  if (!predictive) return;
  const count = config.cellsPerColumn;
  const most = scales.most('state.predictive', predictive);
  const strongest = (column: number) => {
    if (activity.rank[column]! >= 0) return 0;
    let value = 0;
    for (let m = 0; m < count; m++) value = Math.max(value, predictive[column * count + m]!);
    return value / most;
  };
  context.fillStyle = color('--cell-predictive');
  drawByStrength(context, grid.count, strongest, 0.05, (column, level) => {
    const { x, y } = tileAt(grid, column);
    const size = grid.pitch * (0.2 + (0.4 * level) / strengthLevels);
    context.fillRect(x + (grid.pitch - size) / 2, y + (grid.pitch - size) / 2, size, size);
  });
  for (const column of activity.winners) {
    const { x, y } = tileAt(grid, column);
    const bursting = activity.bursting.has(column);
    const add = bursting ? addDiamond : addCircle;
    context.beginPath();
    add(context, x + grid.pitch / 2, y + grid.pitch / 2, grid.pitch * 0.4);
    context.fillStyle = color(bursting ? '--cell-burst' : '--cell-correct');
    context.fill();
  }
}
