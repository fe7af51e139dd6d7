import type { Block, Grid, Rect } from '../network/layout.ts';
import { addCircle, drawByStrength, type Scene } from '../network/scene.ts';
import { cellCentre, cellPlaces, showsCells, tileAt } from '../network/units.ts';
import type { Drawing } from '../shared/canvas.ts';
import type { CloseUp } from '../worker/protocol.ts';
import type { PhaseName } from './phases.ts';

/** The parts that a phase works on. */
const touched: Record<PhaseName, readonly Block['kind'][]> = {
  encode: ['input', 'encoder'],
  overlap: ['pooler'],
  inhibit: ['pooler'],
  predict: ['memory'],
  decode: ['decoder', 'output'],
  backward: ['output', 'decoder', 'memory', 'pooler', 'encoder'],
  update: ['decoder', 'memory', 'pooler', 'encoder'],
};

/** Lights what a phase touches, and dims the rest; on the way back, shows what flows or changes instead of activity. */
export function paintPhase(drawing: Drawing, scene: Scene, phase: PhaseName, closeUp: CloseUp): void {
  const back = phase === 'backward' || phase === 'update';
  for (const block of scene.layout.blocks) {
    const lit = touched[phase].includes(block.kind);
    const box = boxOf(block, scene.layout.text);
    if (!lit) {
      veil(drawing, box, 0.72);
      continue;
    }
    // Activity gives way to what flows back, and the winners of the step before to the scores that decide the next.
    if ((back || phase === 'overlap') && 'pitch' in block.rect) {
      veil(drawing, block.rect, 0.9);
      const values = amounts(phase, closeUp, block);
      if (values) paintAmounts(drawing, scene, block, block.rect, values, phase);
    }
    frame(drawing, box, phase === 'backward' ? '--error' : '--accent');
  }
}

/** Scores, or the size of the error or of the change, at each unit; of the memory, at each cell. */
function amounts(phase: PhaseName, { frame, errors, changes }: CloseUp, block: Block): Float32Array | null {
  if (phase === 'overlap')
    return frame.tensors.get('activity.score')?.map(score => Math.max(0, score) ** 4) ?? null;
  const layer = 'index' in block ? `${block.kind}.${block.index}` : block.kind;
  if (phase === 'backward') return errors?.get(layer)?.map(Math.abs) ?? null;
  return changes?.find(change => change.name === `${layer}.weight`)?.byUnit ?? null;
}

function paintAmounts(
  { context, color }: Drawing,
  { config }: Scene,
  { kind }: Block,
  grid: Grid,
  values: Float32Array,
  phase: PhaseName,
): void {
  const most = values.reduce((a, b) => Math.max(a, b), 1e-30);
  // Of very unequal sizes the small ones are to be seen as well.
  const strength = (i: number) => Math.sqrt(values[i]! / most);
  context.fillStyle = color({ backward: '--error', update: '--accent' }[phase as string] ?? '--text');
  const places = cellPlaces(config.cellsPerColumn);
  if (kind !== 'memory')
    drawByStrength(context, grid.count, strength, 0.1, i => {
      const { x, y } = tileAt(grid, i);
      context.fillRect(x + grid.pitch * 0.09, y + grid.pitch * 0.09, grid.pitch * 0.82, grid.pitch * 0.82);
    });
  else if (showsCells(grid, places))
    drawByStrength(context, values.length, strength, 0.1, cell => {
      context.beginPath();
      addCircle(context, ...cellCentre(grid, places, cell), grid.pitch * places.radius);
      context.fill();
    });
  else {
    const count = config.cellsPerColumn;
    const column = (j: number) => {
      let largest = 0;
      for (let m = 0; m < count; m++) largest = Math.max(largest, strength(j * count + m));
      return largest;
    };
    drawByStrength(context, grid.count, column, 0.1, j => {
      const { x, y } = tileAt(grid, j);
      context.fillRect(x + grid.pitch * 0.1, y + grid.pitch * 0.1, grid.pitch * 0.8, grid.pitch * 0.8);
    });
  }
}

/** A block with its numbers, which stand below a gauge. */
function boxOf(block: Block, text: number): Rect {
  const { x, y, width, height } = block.rect;
  if (block.kind === 'output') return { x, y: y - 2, width, height: Math.max(height, 3 * (text + 6) + 2) };
  return { x, y, width, height };
}

function veil({ context, color }: Drawing, { x, y, width, height }: Rect, opacity: number): void {
  context.globalAlpha = opacity;
  context.fillStyle = color('--surface');
  context.fillRect(x - 1, y - 1, width + 2, height + 2);
  context.globalAlpha = 1;
}

function frame({ context, color }: Drawing, { x, y, width, height }: Rect, role: string): void {
  context.beginPath();
  context.roundRect(x - 2, y - 2, width + 4, height + 4, 3);
  context.strokeStyle = color(role);
  context.lineWidth = 2;
  context.stroke();
}
