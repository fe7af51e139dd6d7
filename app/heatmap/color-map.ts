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

/** The further from the page, the more there is: bright on a dark page, dark on a light one. */
export function amountColor(share: number, surface: Rgb): Rgb {
  const dark = 0.299 * surface[0] + 0.587 * surface[1] + 0.114 * surface[2] < 128;
  // The end of the map nearest to the page's own colour is left out.
  return viridisAt(dark ? 0.15 + 0.85 * share : 0.9 - 0.9 * share);
}

export const cssColor = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

/** As a pixel of ImageData read as 32-bit numbers, on the little-endian machines that browsers run on. */
export const pixel = ([red, green, blue]: Rgb): number =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
