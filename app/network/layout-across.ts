import type { NetworkConfig } from '../../engine/model/config.ts';
import type { Arrow, Block, Grid, Layout } from './layout.ts';
import { edge, loopUnder, type Parts, partsOf, plural, readoutArrow, signalHeight } from './parts.ts';

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The room there is, in units of the canvas. */
interface Room {
  readonly config: NetworkConfig;
  readonly parts: Parts;
  readonly text: number;
  /** Height of a line of text. */
  readonly line: number;
  /** Height of a gauge. */
  readonly track: number;
  readonly top: number;
  readonly bottom: number;
}

interface Tower {
  readonly blocks: readonly Block[];
  readonly arrows: readonly Arrow[];
}

/** Input and encoder come down on the left, the memory stands in the middle, the decoder goes up on the right. */
export function across(config: NetworkConfig, width: number, height: number): Layout {
  const text = clamp(Math.round(Math.min(height, width / 1.9) / 32), 11, 16);
  const line = text + 6;
  const loopDepth = text + 16;
  const left = clamp(width * 0.185, 116, 280);
  const right = clamp(width * 0.165, 112, 240);
  let gap = clamp(width * 0.09, 60, 130);
  const free = () => width - 2 * edge - left - right - 2 * gap;
  const side = Math.max(80, Math.min(height - line - loopDepth - 2, free()));
  gap += clamp((free() - side) / 2, 0, 60);
  const leftX = Math.max(edge, edge + (free() - side) / 2);
  const memoryX = leftX + left + gap;
  const top = line + Math.max(0, (height - line - side - loopDepth) / 2);
  const parts = partsOf(config);
  const room: Room = { config, parts, text, line, track: text + 5, top, bottom: top + side };

  const memory = parts.memory(memoryX, top, side);
  const encoding = goDown(room, leftX, left, memoryX);
  const decoding = goUp(room, memoryX + side + gap, right, memory.rect);
  return {
    blocks: [...encoding.blocks, memory, ...decoding.blocks],
    arrows: [...encoding.arrows, ...decoding.arrows],
    loop: loopUnder(memory.rect, 0.2, 0.8, loopDepth),
    text,
    height,
  };
}

/** From the input through the encoder to the pooler. Many layers stand close; then only their ends are named. */
function goDown(room: Room, x: number, width: number, memoryX: number): Tower {
  const { config, parts, text, line, track, top, bottom } = room;
  const blocks: Block[] = [];
  const arrows: Arrow[] = [];
  const layers = config.encoder.length;
  const between = 2 * line;
  const close = layers > 2;
  const inputHeight = signalHeight(config, track);
  const gaps = (close ? layers - 1 : 0) * (line + 5) + (close ? 2 : layers + 1) * between;
  const rest = bottom - top - inputHeight - gaps;
  const poolerSide = Math.min(width, rest - layers * (text + 4));
  const band = (rest - poolerSide) / layers;

  blocks.push(parts.input({ x, y: top, width, height: inputHeight }));
  let y = top + inputHeight;
  const arrowX = x + width - 5;
  const flow = (label: string) => {
    const from = [arrowX, y + (label === '' ? 2 : 5)] as const;
    y += label === '' ? line + 5 : between;
    arrows.push({ from, to: [arrowX, y - 3], label: label === '' ? [] : [label], at: 'left', flow: 'value' });
  };
  for (let i = 0; i < layers; i++) {
    if (i === 0) flow('value');
    else flow(close ? '' : 'features');
    blocks.push(parts.encoder(i, { x, y, width, height: band }));
    y += band;
  }
  flow('overlaps');
  blocks.push(parts.pooler({ x, y: bottom - poolerSide, width, height: poolerSide }));
  const winnersY = bottom - poolerSide / 2;
  arrows.push({
    from: [x + width + 6, winnersY],
    to: [memoryX - 5, winnersY],
    // Two lines where one would reach into the grids.
    label: config.winners < 10 ? [plural(config.winners, 'winner')] : [`${config.winners}`, 'winners'],
    at: 'over',
    flow: 'winners',
  });
  return { blocks, arrows };
}

/** From the memory's cells through the decoder to the output. */
function goUp(room: Room, x: number, width: number, memory: Grid): Tower {
  const { config, parts, text, line, track, top, bottom } = room;
  const layers = config.decoder.length;
  const outputHeight = track + 2 * line;
  const outputBottom = top + outputHeight;
  const blocks: Block[] = [parts.output({ x, y: top, width, height: outputHeight })];
  const arrows: Arrow[] = [];
  const between = Math.round(2.3 * line);
  const share = (bottom - outputBottom - layers * between) / layers;
  const arrowX = x + text;
  let lower = bottom;
  for (let i = 0; i < layers; i++) {
    const within = { x, y: lower - share, width, height: share };
    const squared = width / Math.ceil(Math.sqrt(config.decoder[i]!));
    const block = parts.decoder(i, within, squared);
    blocks.push(block);
    if (i === 0) {
      const y = block.rect.y + block.rect.height / 2;
      arrows.push(readoutArrow(config, [memory.x + memory.width + 5, y], [x - 5, y], 'over'));
    }
    lower = within.y - between;
    const last = i === layers - 1;
    arrows.push({
      // Above the block's title.
      from: [arrowX, block.rect.y - line - 2],
      to: [arrowX, (last ? outputBottom : lower) + 6],
      label: [last ? 'prediction' : 'features'],
      at: 'right',
      flow: last ? 'prediction' : 'value',
    });
  }
  return { blocks, arrows };
}
