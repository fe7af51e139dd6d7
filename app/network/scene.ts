import type { NetworkConfig } from '../../engine/model/config.ts';
import type { Drawing } from '../shared/canvas.ts';
import type { ColumnDetail } from '../worker/protocol.ts';
import type { Activity } from './activity.ts';
import type { Layout } from './layout.ts';
import type { Scales } from './scales.ts';
import type { Unit } from './units.ts';

/** All that one painting of the network is made from. */
export interface Scene {
  readonly config: NetworkConfig;
  readonly layout: Layout;
  /** Of the last frame; empty before the first. */
  readonly tensors: ReadonlyMap<string, Float32Array>;
  readonly activity: Activity | null;
  readonly scales: Scales;
  /** The signal's peak. */
  readonly amplitude: number;
  /** What the next value really was, first channel; null while unknown. */
  readonly actual: number | null;
  readonly pinned: number | null;
  readonly detail: ColumnDetail | null;
  readonly highlighted: Unit | null;
}

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

const levels = 10;

/**
 * Draws many marks in few strokes of the brush: marks of like strength share a path.
 * @param strength from 0 to 1 for each of `count` marks; those of 0 are left out
 * @param add adds a mark to the present path
 * @param finish fills or strokes it, with `globalAlpha` set
 */
export function drawByStrength(
  { context }: Pick<Drawing, 'context'>,
  count: number,
  strength: (index: number) => number,
  add: (index: number, strength: number) => void,
  finish: () => void,
  faintest = 0.1,
): void {
  const level = new Uint8Array(count);
  for (let i = 0; i < count; i++) level[i] = Math.ceil(Math.min(1, strength(i)) * levels);
  for (let l = 1; l <= levels; l++) {
    let any = false;
    for (let i = 0; i < count; i++) {
      if (level[i] !== l) continue;
      if (!any) context.beginPath();
      any = true;
      add(i, l / levels);
    }
    if (!any) continue;
    context.globalAlpha = faintest + (1 - faintest) * (l / levels);
    finish();
  }
  context.globalAlpha = 1;
}

/** Adds a circle to the present path. */
export function addCircle(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/** Adds a square that stands on its corner to the present path. */
export function addDiamond(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.closePath();
}
