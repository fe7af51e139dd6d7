import { symbolOf, symbols } from '../../engine/data/symbols.ts';
import {
  paintStepAxis,
  plotFont,
  type StepFrame,
  type StepTick,
  type Surface,
  stepAt,
  xOf,
} from '../charts/wave-plot.ts';
import type { CellSteps } from './cell-steps.ts';
import type { Point } from './plot.ts';

export interface CellsView {
  /** From the middle of the first step to that of the last; high as the cells' rows. */
  readonly frame: StepFrame;
  readonly steps: CellSteps;
  readonly column: number;
}

export interface Spot {
  /** Steps done. */
  readonly step: number;
  readonly cell: number;
}

const room = { left: 34, right: 12, top: 16, signal: 34, bottom: 20 };

export function cellsFrame(width: number, height: number, last: number, span: number): StepFrame {
  const pitch = (width - room.left - room.right) / span;
  return {
    x: room.left + pitch / 2,
    y: room.top,
    width: pitch * (span - 1),
    height: height - room.top - room.signal - room.bottom,
    last,
    span,
  };
}

const pitchOf = ({ width, span }: StepFrame): number => width / (span - 1);

export function spotAt({ frame, steps }: CellsView, point: Point): Spot | null {
  const cell = Math.floor(((point.y - frame.y) / frame.height) * steps.config.cellsPerColumn);
  const step = stepAt(frame, point.x);
  const inside = cell >= 0 && cell < steps.config.cellsPerColumn && steps.has(step - 1);
  return inside && step > frame.last - frame.span && step <= frame.last ? { step, cell } : null;
}

/** What the cells of a column did, step by step. */
export function paintCells(surface: Surface, view: CellsView, ticks: readonly StepTick[]): void {
  const { context, color } = surface;
  const { frame, steps, column } = view;
  paintRows(surface, view);
  paintStepAxis(surface, { ...frame, height: frame.height + room.signal }, ticks);
  const pitch = pitchOf(frame);
  const known: number[] = [];
  let strongest = 1e-9;
  for (let done = frame.last - frame.span + 1; done <= frame.last; done++) {
    if (!steps.has(done - 1)) continue;
    known.push(done);
    for (const value of steps.predictedAt(done - 1, column)) strongest = Math.max(strongest, value);
  }
  for (const done of known) {
    const x = xOf(frame, done);
    const did = steps.columnAt(done - 1, column);
    if (did !== 'lost') paintWin(surface, frame, x, pitch, did === 'burst');
    const gates = steps.gatesAt(done - 1, column);
    steps.predictedAt(done - 1, column).forEach((predicted, cell) => {
      const state = steps.cellAt(done - 1, column, cell);
      const box = cellBox(view, x, cell);
      if (state === 'correct') {
        const height = box.height * (0.3 + 0.7 * gates[cell]!);
        context.fillStyle = color('--cell-correct');
        context.fillRect(box.x, box.y + (box.height - height) / 2, box.width, height);
      } else if (state === 'burst') paintBurst(surface, box);
      else if (state === 'missed') paintPredictive(surface, box, predicted / strongest);
    });
  }
}

/** Faint rules, one for each cell, and their numbers. */
function paintRows({ context, color }: Surface, { frame, steps }: CellsView): void {
  const { cellsPerColumn } = steps.config;
  const rowHeight = frame.height / cellsPerColumn;
  const pitch = pitchOf(frame);
  context.font = plotFont;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const every = Math.ceil(14 / rowHeight);
  for (let cell = 0; cell < cellsPerColumn; cell++) {
    const y = frame.y + (cell + 0.5) * rowHeight;
    context.fillStyle = color('--cell-idle');
    context.fillRect(frame.x - pitch / 2, Math.round(y), frame.width + pitch, 1);
    if (cell % every !== 0) continue;
    context.fillStyle = color('--text-muted');
    context.fillText(String(cell), frame.x - pitch / 2 - 8, y);
  }
}

interface CellBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function cellBox({ frame, steps }: CellsView, x: number, cell: number): CellBox {
  const rowHeight = frame.height / steps.config.cellsPerColumn;
  const pitch = pitchOf(frame);
  const width = Math.max(1, pitch > 5 ? pitch - 2 : pitch > 2 ? pitch - 1 : pitch);
  const gap = rowHeight > 12 ? 3 : rowHeight > 5 ? 1 : 0;
  return { x: x - width / 2, y: frame.y + cell * rowHeight + gap, width, height: rowHeight - 2 * gap };
}

/** Marks a step at which the column won: a diamond above where that was a surprise, a dot where it was not. */
function paintWin(
  { context, color }: Surface,
  frame: StepFrame,
  x: number,
  pitch: number,
  burst: boolean,
): void {
  context.fillStyle = color(burst ? '--cell-burst' : '--cell-correct');
  context.globalAlpha = 0.14;
  context.fillRect(x - pitch / 2, frame.y, pitch, frame.height);
  context.globalAlpha = 1;
  const y = frame.y - 8;
  const size = Math.min(4, Math.max(2, pitch * 0.6));
  context.beginPath();
  if (burst) {
    context.moveTo(x, y - size - 0.5);
    context.lineTo(x + size + 0.5, y);
    context.lineTo(x, y + size + 0.5);
    context.lineTo(x - size - 0.5, y);
  } else context.arc(x, y, size * 0.75, 0, 2 * Math.PI);
  context.fill();
}

/** A burst cell: a diamond, or where there is no room for one, a bar that is broken in the middle. */
function paintBurst({ context, color }: Surface, { x, y, width, height }: CellBox): void {
  context.fillStyle = color('--cell-burst');
  if (width >= 5 && height >= 8) {
    const [cx, cy, half] = [x + width / 2, y + height / 2, Math.min(width / 2 + 1, height / 2)];
    context.beginPath();
    context.moveTo(cx, cy - Math.min(height / 2, 2 * half));
    context.lineTo(cx + half, cy);
    context.lineTo(cx, cy + Math.min(height / 2, 2 * half));
    context.lineTo(cx - half, cy);
    context.fill();
  } else {
    context.fillRect(x, y, width, height * 0.4);
    context.fillRect(x, y + height * 0.6, width, height * 0.4);
  }
}

/** A predictive cell: a bar, hollow where there is room, the higher the more it expects. */
function paintPredictive({ context, color }: Surface, box: CellBox, strength: number): void {
  // Fainter than this it would be a speck.
  if (strength < 0.02) return;
  const height = Math.max(1.5, box.height * 0.7 * strength);
  const y = box.y + (box.height - height) / 2;
  context.strokeStyle = context.fillStyle = color('--cell-predictive');
  if (box.width >= 4 && height >= 4) {
    context.lineWidth = 1;
    context.strokeRect(Math.round(box.x) + 0.5, y + 0.5, Math.round(box.width) - 1, height - 1);
  } else context.fillRect(box.x, y, box.width, height);
}

/** What came in at each step: the wave as a line, symbols as letters. */
export function paintSignal(
  { context, color }: Surface,
  { frame, steps, column }: CellsView,
  amplitude: number,
  symbolic: boolean,
): void {
  const top = frame.y + frame.height + 6;
  const height = room.signal - 10;
  const pitch = pitchOf(frame);
  const from = frame.last - frame.span + 1;
  context.font = plotFont;
  context.fillStyle = color('--text-muted');
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.fillText('in', frame.x - pitch / 2 - 8, top + height / 2);
  if (symbolic) {
    context.textAlign = 'center';
    for (let done = from; done <= frame.last; done++) {
      if (!steps.has(done - 1)) continue;
      const won = steps.columnAt(done - 1, column) !== 'lost';
      if (pitch < 8 && !won) continue;
      const symbol = symbolOf(steps.inputAt(done - 1));
      context.fillStyle = color(won ? '--text' : '--text-muted');
      context.fillText(symbols[symbol] ?? '', xOf(frame, done), top + height / 2);
    }
    return;
  }
  const y = (value: number) => top + (height / 2) * (1 - value / (amplitude || 1) / 1.15);
  context.strokeStyle = color('--target');
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  context.beginPath();
  for (let done = from; done <= frame.last; done++) {
    if (!steps.has(done - 1)) continue;
    const [x, value] = [xOf(frame, done), y(steps.inputAt(done - 1)[0]!)];
    if (steps.has(done - 2)) context.lineTo(x, value);
    else context.moveTo(x, value);
  }
  context.stroke();
}

/** Frames the cell that is looked at. */
export function paintSpot({ context, color }: Surface, view: CellsView, spot: Spot): Point {
  const { frame, steps } = view;
  const pitch = pitchOf(frame);
  const rowHeight = frame.height / steps.config.cellsPerColumn;
  const x = xOf(frame, spot.step);
  const y = frame.y + spot.cell * rowHeight;
  context.strokeStyle = color('--text');
  context.lineWidth = 1.5;
  context.strokeRect(x - pitch / 2 - 0.5, y, pitch + 1, rowHeight);
  return { x: x + pitch / 2, y: y + rowHeight / 2 };
}
