import type { NetworkConfig } from '../../engine/model/config.ts';
import type { Arrow, Block, Layout } from './layout.ts';
import { edge, loopUnder, partsOf, plural, readoutArrow, signalHeight } from './parts.ts';

/** For a phone: encoder beside pooler, the memory below at full width, decoder and output last. */
export function downwards(config: NetworkConfig, canvasWidth: number): Layout {
  const width = canvasWidth - 2 * edge;
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
  const inputHeight = signalHeight(config, track);
  const band = Math.max(16, (poolerSide - inputHeight - layers * between) / layers);
  let y = line;
  blocks.push(parts.input({ x: edge, y, width: left, height: inputHeight }));
  y += inputHeight;
  const downX = edge + left - 5;
  for (let i = 0; i < layers; i++) {
    arrows.push({
      from: [downX, y + 5],
      to: [downX, y + between - 3],
      label: [i === 0 ? 'value' : 'features'],
      at: 'left',
      flow: 'value',
    });
    y += between;
    blocks.push(parts.encoder(i, { x: edge, y, width: left, height: band }));
    y += band;
  }
  const poolerX = edge + left + gap;
  const poolerY = Math.max(line, y - poolerSide);
  blocks.push(parts.pooler({ x: poolerX, y: poolerY, width: poolerSide, height: poolerSide }));
  arrows.push({
    from: [edge + left + 5, y - band / 2],
    to: [poolerX - 5, y - band / 2],
    label: ['overlaps'],
    at: 'over',
    flow: 'value',
  });
  y = Math.max(y, poolerY + poolerSide);
  const winnersX = edge + width - poolerSide / 2;
  arrows.push({
    from: [winnersX, y + 5],
    to: [winnersX, y + between - 1],
    label: [plural(config.winners, 'winner')],
    at: 'left',
    flow: 'winners',
  });
  y += between + 4;
  const memory = parts.memory(edge, y, width);
  // The winners' arrow comes down through the title's line.
  blocks.push({ ...memory, titleWidth: winnersX - edge - 10 });
  y += memory.rect.height;
  const loop = loopUnder(memory.rect, 0.44, 0.97, text + 18);

  const decoderWidth = (width - gap - 20) * 0.44;
  const decoders = config.decoder.length;
  const readoutX = edge + decoderWidth * 0.28;
  const top = y + between + line + 14;
  arrows.push(readoutArrow(config, [readoutX, y + 5], [readoutX, top - line - 2], 'right'));
  const outputHeight = track + 2 * line;
  const share = Math.max(26, 84 / decoders - (decoders > 1 ? line + 5 : 0));
  y = top;
  for (let i = 0; i < decoders; i++) {
    if (i > 0) {
      const x = edge + decoderWidth - 5;
      arrows.push({ from: [x, y + 2], to: [x, y + line + 2], label: [], at: 'left', flow: 'value' });
      y += line + 5;
    }
    blocks.push(parts.decoder(i, { x: edge, y, width: decoderWidth, height: share }));
    y += share;
  }
  const outputX = edge + decoderWidth + gap + 20;
  const last = blocks.at(-1)!.rect;
  const outputY = last.y + last.height / 2;
  blocks.push(
    parts.output({ x: outputX, y: y - outputHeight, width: edge + width - outputX, height: outputHeight }),
  );
  arrows.push({
    from: [edge + decoderWidth + 6, outputY],
    to: [outputX - 8, outputY],
    label: ['prediction'],
    at: 'over',
    flow: 'prediction',
  });
  return { blocks, arrows, loop, text, height: y + 4 };
}
