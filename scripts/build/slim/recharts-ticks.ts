import { nice, ticks } from 'd3-array';

/**
 * Round ticks for axes that name none, by the means that the scales have anyway; Recharts brings a library of decimal
 * numbers for it.
 */
export function getNiceTickValues(
  [from, to]: readonly [number, number],
  count = 6,
  allowDecimals = true,
): number[] {
  const [low, high] = from <= to ? [from, to] : [to, from];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [from, to];
  if (low === high) return [low - 1, low, low + 1];
  const [least, most] = nice(low, high, Math.max(count, 2));
  const all = ticks(least, most, Math.max(count, 2));
  const values = allowDecimals ? all : all.filter(Number.isInteger);
  return from <= to ? values : values.toReversed();
}

/** The same between fixed ends, which are ticks too. */
export function getTickValuesFixedDomain(
  [from, to]: readonly [number, number],
  count = 6,
  allowDecimals = true,
): number[] {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return [from, to];
  if (from === to) return [from];
  const [low, high] = from <= to ? [from, to] : [to, from];
  const inside = ticks(low, high, Math.max(count, 2)).filter(value => value > low && value < high);
  const values = [low, ...inside, high].filter(value => allowDecimals || Number.isInteger(value));
  return from <= to ? values : values.toReversed();
}
