import type { NetworkConfig } from '../../engine/model/config.ts';
import { fitGrid, squareGrid } from './grid.ts';
import type { Arrow, Block, ColumnsBlock, LayerBlock, Layout, Rect } from './layout.ts';

/** Kept free around the picture, for the frames of what stands at its edge. */
export const edge = 4;

export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Makes the blocks of a network where a layout wants them. */
export interface Parts {
  input(rect: Rect): Block;
  output(rect: Rect): Block;
  encoder(index: number, within: Rect, mostPitch?: number): LayerBlock;
  decoder(index: number, within: Rect, mostPitch?: number): LayerBlock;
  /** At the right of what stands above it, where the title begins. */
  pooler(within: Rect): ColumnsBlock;
  memory(x: number, y: number, side: number): ColumnsBlock;
}

export function partsOf(config: NetworkConfig): Parts {
  const layer = (
    kind: 'encoder' | 'decoder',
    index: number,
    within: Rect,
    mostPitch?: number,
  ): LayerBlock => {
    const sizes = config[kind];
    const name = kind === 'encoder' ? 'Encoder' : 'Decoder';
    return {
      kind,
      index,
      title: sizes.length > 1 ? `${name} ${index + 1}` : name,
      detail: plural(sizes[index]!, 'unit'),
      titleX: within.x,
      titleWidth: within.width,
      rect: fitGrid(sizes[index]!, within, mostPitch),
    };
  };
  const channels = config.inputs > 1 ? plural(config.inputs, 'channel') : '';
  return {
    input: rect => ({ kind: 'input', title: 'Input', rect, ...titled(channels, rect) }),
    output: rect => ({ kind: 'output', title: 'Output', rect, ...titled(channels, rect) }),
    encoder: (index, within, mostPitch) => layer('encoder', index, within, mostPitch),
    decoder: (index, within, mostPitch) => layer('decoder', index, within, mostPitch),
    pooler: within => ({
      kind: 'pooler',
      title: 'Spatial pooler',
      // The memory's title says how many columns there are.
      ...titled('', within),
      rect: squareGrid(config.columns, within.x + within.width - within.height, within.y, within.height),
    }),
    memory: (x, y, side) => ({
      kind: 'memory',
      title: 'Temporal memory',
      ...titled(`${plural(config.columns, 'column')} of ${plural(config.cellsPerColumn, 'cell')}`, {
        x,
        width: side,
      }),
      rect: squareGrid(config.columns, x, y, side),
    }),
  };
}

const titled = (detail: string, { x, width }: Pick<Rect, 'x' | 'width'>) => ({
  detail,
  titleX: x,
  titleWidth: width,
});

/** Bars for channels need more height than a gauge. */
export const signalHeight = ({ inputs }: NetworkConfig, track: number): number =>
  inputs > 1 ? 2 * track : track;

export const readoutArrow = (
  { readout }: NetworkConfig,
  from: Arrow['from'],
  to: Arrow['to'],
  at: Arrow['at'],
): Arrow => ({
  from,
  to,
  label: [readout, 'cells'],
  at,
  flow: readout,
});

export const loopUnder = (memory: Rect, from: number, to: number, depth: number): Layout['loop'] => ({
  from: memory.x + memory.width * to,
  to: memory.x + memory.width * from,
  y: memory.y + memory.height,
  depth,
});
