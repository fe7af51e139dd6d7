import type { Drawing } from '../shared/canvas.ts';
import type { Rect } from './layout.ts';
import { addCircle, type Scene } from './scene.ts';
import { cellCentre, cellPlaces, columnGrid, columnOf, rectOf, showsCells, tileAt } from './units.ts';

const linksShown = 10;

/** The pinned column's strongest distal weights, from the cells they come from: dashed where they inhibit. */
export function drawLinks(drawing: Drawing, scene: Scene): void {
  const { context, color } = drawing;
  const { detail, pinned, config, layout, tensors } = scene;
  if (!detail || detail.column !== pinned) return;
  const grid = columnGrid(layout, 'memory');
  const places = cellPlaces(config.cellsPerColumn);
  const end = (cell: number): [number, number] => {
    if (showsCells(grid, places)) return cellCentre(grid, places, cell);
    const { x, y } = tileAt(grid, Math.floor(cell / config.cellsPerColumn));
    return [x + grid.pitch / 2, y + grid.pitch / 2];
  };
  const active = tensors.get('state.active');
  const links = detail.distal
    .flatMap((cell, m) =>
      cell.map(({ from, weight }) => ({ to: detail.column * config.cellsPerColumn + m, from, weight })),
    )
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, linksShown);
  const strongest = Math.abs(links[0]?.weight ?? 1);
  context.save();
  clipOut(drawing, tileAt(grid, detail.column));
  context.lineCap = 'round';
  for (const { from, to, weight } of links) {
    const [x0, y0] = end(from);
    const [x1, y1] = end(to);
    const sourceActive = (active?.[from] ?? 0) !== 0;
    context.strokeStyle = context.fillStyle = color(sourceActive ? '--accent' : '--text');
    context.globalAlpha = sourceActive ? 1 : 0.45;
    context.lineWidth = 0.75 + 1.5 * (Math.abs(weight) / strongest);
    context.setLineDash(weight < 0 ? [4, 4] : []);
    const bend = 0.16;
    context.beginPath();
    context.moveTo(x0, y0);
    context.quadraticCurveTo((x0 + x1) / 2 - bend * (y1 - y0), (y0 + y1) / 2 + bend * (x1 - x0), x1, y1);
    context.stroke();
    context.beginPath();
    addCircle(context, x0, y0, 2.2);
    context.fill();
  }
  context.restore();
}

/** Keeps what follows from being drawn on a tile: the pinned column's own cells stay to be seen. */
function clipOut({ context, width, height }: Drawing, tile: Rect): void {
  context.beginPath();
  context.rect(0, 0, width, height);
  context.rect(tile.x, tile.y, tile.width, tile.height);
  context.clip('evenodd');
}

/** Frames around the pinned column, in both grids, and around what the pointer or the cursor is on. */
export function drawFrames({ context, color }: Drawing, { layout, pinned, highlighted }: Scene): void {
  const frame = (rect: Rect | null, role: string) => {
    if (!rect) return;
    context.beginPath();
    context.roundRect(rect.x - 2, rect.y - 2, rect.width + 4, rect.height + 4, 4);
    context.strokeStyle = color('--surface');
    context.lineWidth = 4.5;
    context.stroke();
    context.strokeStyle = color(role);
    context.lineWidth = 2;
    context.stroke();
  };
  const frameColumn = (column: number, role: string) => {
    frame(rectOf(layout, { kind: 'pooler', column }), role);
    frame(rectOf(layout, { kind: 'memory', column, cell: null }), role);
  };
  if (pinned !== null) frameColumn(pinned, '--text');
  if (!highlighted) return;
  const column = columnOf(highlighted);
  if (column !== null) frameColumn(column, '--accent');
  else frame(rectOf(layout, highlighted), '--accent');
}
