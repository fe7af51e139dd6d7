import type { NetworkConfig, SignalConfig } from '../../engine/model/config.ts';
import type { ColumnDetail } from '../worker/protocol.ts';
import type { Activity } from './activity.ts';
import type { Backdrop } from './backdrop.ts';
import type { Layout } from './layout.ts';
import type { Rings } from './rings.ts';
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
  readonly backdrop: Backdrop;
  readonly rings: Rings;
  readonly signal: SignalConfig;
  /** What the next value really was, first channel; null while unknown. */
  readonly actual: number | null;
  readonly pinned: number | null;
  readonly detail: ColumnDetail | null;
  readonly highlighted: Unit | null;
}

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Strengths are shown in so many steps. */
export const strengthLevels = 10;

/**
 * Calls `draw` with `globalAlpha` set for each of `count` marks, from 0 to `count` - 1.
 * @param strength from 0 to 1; marks of 0 are left out
 * @param faintest the alpha that strength 0 would have
 */
export function drawByStrength(
  context: CanvasRenderingContext2D,
  count: number,
  strength: (index: number) => number,
  faintest: number,
  draw: (index: number, level: number) => void,
): void {
  for (let i = 0; i < count; i++) {
    const level = Math.ceil(Math.min(1, strength(i)) * strengthLevels);
    if (level <= 0) continue;
    context.globalAlpha = faintest + ((1 - faintest) * level) / strengthLevels;
    draw(i, level);
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
