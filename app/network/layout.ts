import type { NetworkConfig } from '../../engine/model/config.ts';
import { across } from './layout-across.ts';
import { downwards } from './layout-downwards.ts';

/** In units of the canvas. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `count` square tiles, row by row. */
export interface Grid extends Rect {
  readonly count: number;
  readonly columns: number;
  /** Side of a tile. */
  readonly pitch: number;
}

interface Titled {
  readonly title: string;
  readonly detail: string;
  /** Where the title begins, and how far it may reach. */
  readonly titleX: number;
  readonly titleWidth: number;
}

export interface SignalBlock extends Titled {
  readonly kind: 'input' | 'output';
  readonly rect: Rect;
}

export interface LayerBlock extends Titled {
  readonly kind: 'encoder' | 'decoder';
  readonly index: number;
  readonly rect: Grid;
}

/** A grid of columns: as the pooler scores them, or as the memory's cells stand in them. */
export interface ColumnsBlock extends Titled {
  readonly kind: 'pooler' | 'memory';
  readonly rect: Grid;
}

export type Block = SignalBlock | LayerBlock | ColumnsBlock;

export interface Arrow {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** What flows; one or two lines. */
  readonly label: readonly string[];
  /** Where the label stands: centred over a horizontal arrow, or at the side of a vertical one. */
  readonly at: 'over' | 'left' | 'right';
  /** Colours the arrow by what flows. */
  readonly flow: 'value' | 'winners' | 'predictive' | 'active' | 'prediction';
}

export interface Layout {
  readonly blocks: readonly Block[];
  readonly arrows: readonly Arrow[];
  /** The memory's loop onto itself: down from the grid's bottom edge, back, and up again. */
  readonly loop: { readonly from: number; readonly to: number; readonly y: number; readonly depth: number };
  /** Font size. */
  readonly text: number;
  readonly height: number;
}

const narrowest = 640;

/** Whether the canvas is too narrow for the left-to-right picture: then it has a height of its own. */
export const isNarrow = (width: number): boolean => width < narrowest;

/** Places every part of the network on a canvas; a narrow one is read from top to bottom. */
export function layOut(config: NetworkConfig, width: number, height: number): Layout {
  return isNarrow(width) ? downwards(config, width) : across(config, width, height);
}
