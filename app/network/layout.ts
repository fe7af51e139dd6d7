import type { NetworkConfig } from '../../engine/model/config.ts';

/** In CSS pixels. */
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

export interface SignalBlock {
  readonly kind: 'input' | 'output';
  readonly title: string;
  readonly detail: string;
  readonly rect: Rect;
}

export interface LayerBlock {
  readonly kind: 'encoder' | 'decoder';
  readonly index: number;
  readonly title: string;
  readonly detail: string;
  readonly rect: Grid;
}

/** A grid of columns: as the pooler scores them, or as the memory's cells stand in them. */
export interface ColumnsBlock {
  readonly kind: 'pooler' | 'memory';
  readonly title: string;
  readonly detail: string;
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

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The arrangement of `count` square tiles that makes them largest within a rectangle, centred in it. */
export function fitGrid(count: number, within: Rect, mostPitch = Number.POSITIVE_INFINITY): Grid {
  let columns = 1;
  let pitch = 0;
  for (let n = 1; n <= count; n++) {
    const side = Math.min(within.width / n, within.height / Math.ceil(count / n), mostPitch);
    // Of equals, the widest: a layer under the pitch's cap fills the width it is given.
    if (side < pitch || (side === pitch && n * side > within.width)) continue;
    columns = n;
    pitch = side;
  }
  const width = columns * pitch;
  const height = Math.ceil(count / columns) * pitch;
  return {
    x: within.x + (within.width - width) / 2,
    y: within.y + (within.height - height) / 2,
    width,
    height,
    count,
    columns,
    pitch,
  };
}

/** A square of columns, as near as their number allows. */
function squareGrid(count: number, x: number, y: number, side: number): Grid {
  const columns = Math.ceil(Math.sqrt(count));
  const pitch = side / columns;
  return { x, y, width: side, height: Math.ceil(count / columns) * pitch, count, columns, pitch };
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

interface Parts {
  input(rect: Rect): Block;
  output(rect: Rect): Block;
  encoder(index: number, within: Rect, mostPitch?: number): LayerBlock;
  decoder(index: number, within: Rect, mostPitch?: number): LayerBlock;
  pooler(x: number, y: number, side: number): ColumnsBlock;
  memory(x: number, y: number, side: number): ColumnsBlock;
}

function partsOf(config: NetworkConfig): Parts {
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
      rect: fitGrid(sizes[index]!, within, mostPitch),
    };
  };
  const channels = config.inputs > 1 ? plural(config.inputs, 'channel') : '';
  return {
    input: rect => ({ kind: 'input', title: 'Input', detail: channels, rect }),
    output: rect => ({ kind: 'output', title: 'Output', detail: channels, rect }),
    encoder: (index, within, mostPitch) => layer('encoder', index, within, mostPitch),
    decoder: (index, within, mostPitch) => layer('decoder', index, within, mostPitch),
    pooler: (x, y, side) => ({
      kind: 'pooler',
      title: 'Spatial pooler',
      // The memory's title says how many columns there are.
      detail: '',
      rect: squareGrid(config.columns, x, y, side),
    }),
    memory: (x, y, side) => ({
      kind: 'memory',
      title: 'Temporal memory',
      detail: `${plural(config.columns, 'column')} of ${plural(config.cellsPerColumn, 'cell')}`,
      rect: squareGrid(config.columns, x, y, side),
    }),
  };
}

const narrowest = 560;

/** Whether the canvas is too narrow for the left-to-right picture: then it has a height of its own. */
export const isNarrow = (width: number): boolean => width < narrowest;

/** Places every part of the network on a canvas; a narrow one is read from top to bottom. */
export function layOut(config: NetworkConfig, width: number, height: number): Layout {
  return isNarrow(width) ? downwards(config, width) : across(config, width, height);
}

/** Input and encoder come down on the left, the memory stands in the middle, the decoder goes up on the right. */
function across(config: NetworkConfig, width: number, height: number): Layout {
  const text = clamp(Math.round(Math.min(height, width / 1.9) / 32), 11, 16);
  const line = text + 6;
  const loopDepth = text + 16;
  const left = clamp(width * 0.185, 116, 280);
  const right = clamp(width * 0.165, 112, 240);
  let gap = clamp(width * 0.09, 60, 130);
  const side = Math.max(80, Math.min(height - line - loopDepth - 2, width - left - right - 2 * gap));
  gap += Math.min(60, Math.max(0, (width - left - right - 2 * gap - side) / 2));
  const x0 = Math.max(0, (width - left - right - 2 * gap - side) / 2);
  const y0 = Math.max(0, (height - line - side - loopDepth) / 2);
  const parts = partsOf(config);
  const blocks: Block[] = [];
  const arrows: Arrow[] = [];
  const bottom = y0 + line + side;
  const between = 2 * line;
  const track = text + 5;

  // Down on the left.
  const layers = config.encoder.length;
  const rest = side - track;
  const poolerSide = Math.min(left, rest - (layers + 1) * between - layers * (text + 6));
  const band = (rest - (layers + 1) * between - poolerSide) / layers;
  let y = y0 + line;
  blocks.push(parts.input({ x: x0, y, width: left, height: track }));
  y += track;
  const downX = x0 + left - 5;
  const down = (label: string) =>
    arrows.push({
      from: [downX, y + 5],
      to: [downX, y + between - 3],
      label: [label],
      at: 'left',
      flow: 'value',
    });
  for (let i = 0; i < layers; i++) {
    down(i === 0 ? 'value' : 'features');
    y += between;
    blocks.push(parts.encoder(i, { x: x0, y, width: left, height: band }));
    y += band;
  }
  down('overlaps');
  const poolerX = x0 + (left - poolerSide) / 2;
  blocks.push(parts.pooler(poolerX, bottom - poolerSide, poolerSide));

  // The memory in the middle.
  const memoryX = x0 + left + gap;
  const memory = parts.memory(memoryX, y0 + line, side);
  blocks.push(memory);
  const winnersY = bottom - poolerSide / 2;
  arrows.push({
    from: [poolerX + poolerSide + 6, winnersY],
    to: [memoryX - 5, winnersY],
    label: [plural(config.winners, 'winner')],
    at: 'over',
    flow: 'winners',
  });

  // Up on the right.
  const rightX = memoryX + side + gap;
  const decoders = config.decoder.length;
  const outputHeight = track + 2 * line;
  blocks.push(parts.output({ x: rightX, y: y0 + line, width: right, height: outputHeight }));
  const room = bottom - (y0 + line + outputHeight) - decoders * between;
  const share = room / decoders;
  let lower = bottom;
  for (let i = 0; i < decoders; i++) {
    const within = { x: rightX, y: lower - share, width: right, height: share };
    const squared = right / Math.ceil(Math.sqrt(config.decoder[i]!));
    const block = parts.decoder(i, within, squared);
    blocks.push(block);
    if (i === 0) {
      const entryY = block.rect.y + block.rect.height / 2;
      arrows.push(readoutArrow(config, [memoryX + side + 5, entryY], [block.rect.x - 5, entryY], 'over'));
    }
    const last = i === decoders - 1;
    const above = last ? y0 + line + outputHeight : within.y - between;
    const upX = rightX + text;
    arrows.push({
      // Above the block's title.
      from: [upX, block.rect.y - line - 2],
      to: [upX, above + 6],
      label: [last ? 'prediction' : 'features'],
      at: 'right',
      flow: last ? 'prediction' : 'value',
    });
    lower = within.y - between;
  }
  return {
    blocks,
    arrows,
    loop: loopUnder(memory.rect, 0.2, 0.8, loopDepth),
    text,
    height,
  };
}

/** For a phone: encoder beside pooler, the memory below at full width, decoder and output last. */
function downwards(config: NetworkConfig, width: number): Layout {
  const text = 12;
  const line = text + 6;
  const between = 2 * line;
  const track = text + 5;
  const gap = 62;
  const parts = partsOf(config);
  const blocks: Block[] = [];
  const arrows: Arrow[] = [];
  const left = (width - gap) * 0.52;
  const poolerSide = width - gap - left;
  const layers = config.encoder.length;
  const band = Math.max(16, (poolerSide - track - layers * between) / layers);
  let y = line;
  blocks.push(parts.input({ x: 0, y, width: left, height: track }));
  y += track;
  const downX = left - 5;
  for (let i = 0; i < layers; i++) {
    arrows.push({
      from: [downX, y + 5],
      to: [downX, y + between - 3],
      label: [i === 0 ? 'value' : 'features'],
      at: 'left',
      flow: 'value',
    });
    y += between;
    blocks.push(parts.encoder(i, { x: 0, y, width: left, height: band }));
    y += band;
  }
  const poolerX = left + gap;
  const poolerY = Math.max(line, y - poolerSide);
  blocks.push(parts.pooler(poolerX, poolerY, poolerSide));
  arrows.push({
    from: [left + 5, y - band / 2],
    to: [poolerX - 5, y - band / 2],
    label: ['overlaps'],
    at: 'over',
    flow: 'value',
  });
  y = Math.max(y, poolerY + poolerSide);
  const winnersX = width - poolerSide / 2;
  arrows.push({
    from: [winnersX, y + 5],
    to: [winnersX, y + between - 1],
    label: [plural(config.winners, 'winner')],
    at: 'left',
    flow: 'winners',
  });
  y += between + 4;
  const memory = parts.memory(0, y, width);
  blocks.push(memory);
  y += memory.rect.height;
  const loop = loopUnder(memory.rect, 0.44, 0.97, text + 18);

  const decoderWidth = (width - gap - 20) * 0.48;
  const decoders = config.decoder.length;
  const readoutX = decoderWidth * 0.28;
  const top = y + between + line + 14;
  arrows.push(readoutArrow(config, [readoutX, y + 5], [readoutX, top - line - 2], 'right'));
  const outputHeight = track + 2 * line;
  const share = Math.max(26, 84 / decoders - (decoders > 1 ? line : 0));
  y = top;
  for (let i = 0; i < decoders; i++) {
    if (i > 0) y += line;
    blocks.push(parts.decoder(i, { x: 0, y, width: decoderWidth, height: share }));
    y += share;
  }
  const outputX = decoderWidth + gap + 20;
  const last = blocks.at(-1)!.rect;
  const outputY = last.y + last.height / 2;
  blocks.push(
    parts.output({ x: outputX, y: y - outputHeight, width: width - outputX, height: outputHeight }),
  );
  arrows.push({
    from: [decoderWidth + 6, outputY],
    to: [outputX - 8, outputY],
    label: ['prediction'],
    at: 'over',
    flow: 'prediction',
  });
  return { blocks, arrows, loop, text, height: y + 4 };
}

const readoutArrow = (
  { readout }: NetworkConfig,
  from: Arrow['from'],
  to: Arrow['to'],
  at: Arrow['at'],
): Arrow => ({
  from,
  to,
  label: at === 'over' ? [readout, 'cells'] : [`${readout} cells`],
  at,
  flow: readout,
});

const loopUnder = (memory: Rect, from: number, to: number, depth: number): Layout['loop'] => ({
  from: memory.x + memory.width * to,
  to: memory.x + memory.width * from,
  y: memory.y + memory.height,
  depth,
});
