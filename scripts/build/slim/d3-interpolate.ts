/** Between numbers alone, which is what axes need; the whole library also goes between colours, dates and texts. */
export const interpolateNumber = (from: number, to: number) => (share: number) =>
  from * (1 - share) + to * share;

export const interpolateRound = (from: number, to: number) => (share: number) =>
  Math.round(interpolateNumber(from, to)(share));

// Only of scales that no plot here has; named by the same file.
export { piecewise } from 'd3-interpolate';
export { interpolateNumber as interpolate };
