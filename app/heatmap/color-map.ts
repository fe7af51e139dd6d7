/** Viridis by van der Walt and Smith (CC0), perceptually uniform and safe for any colour vision, at tenths. */
const viridis = [
  0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26,
  0xfde725,
].map(hex => [hex >> 16, (hex >> 8) & 255, hex & 255] as const);

export type Rgb = readonly [red: number, green: number, blue: number];

/** Viridis between its tenths. @param share from 0 (dark) to 1 (bright) */
function viridisAt(share: number): Rgb {
  const at = Math.min(Math.max(share, 0), 1) * (viridis.length - 1);
  const i = Math.min(Math.floor(at), viridis.length - 2);
  const [low, high] = [viridis[i]!, viridis[i + 1]!];
  const mix = (channel: 0 | 1 | 2) => Math.round(low[channel] + (at - i) * (high[channel] - low[channel]));
  return [mix(0), mix(1), mix(2)];
}

/** `rgb(23, 27, 33)`, as computed styles have it. */
export function parseRgb(color: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** Below this share of a scale, colours fade into that of nothing at all. */
const fade = 0.15;

/**
 * The further from the colour of `nothing`, the more there is: bright on a dark page, dark on a light one.
 * @param share from 0 to 1
 */
export function amountColor(share: number, nothing: Rgb): Rgb {
  const dark = 0.299 * nothing[0] + 0.587 * nothing[1] + 0.114 * nothing[2] < 128;
  const full = viridisAt(dark ? 0.25 + 0.75 * share : 0.75 - 0.75 * share);
  if (share >= fade) return full;
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(nothing[channel] + (share / fade) * (full[channel] - nothing[channel]));
  return [mix(0), mix(1), mix(2)];
}

export const cssColor = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

/** As a pixel of ImageData read as 32-bit numbers, on the little-endian machines that browsers run on. */
export const pixel = ([red, green, blue]: Rgb): number =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
