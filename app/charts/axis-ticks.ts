/** Steps of a logarithmic axis within a decade. */
const marks = [1, 2, 5, 10];

const decadeOf = (value: number): number => Math.floor(Math.log10(value) + 1e-9);

/** What a logarithmic axis can show. */
export const isLoggable = (value: number): boolean => Number.isFinite(value) && value > 0;

/** The values' range, widened to the next 1, 2 or 5 times a power of ten; values that have no logarithm are left out. */
export function logDomain(values: Iterable<number>): [least: number, most: number] {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const value of values) {
    if (!isLoggable(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (most === 0) return [0.1, 1];
  const [below, above] = [10 ** decadeOf(least), 10 ** decadeOf(most)];
  const low = marks.findLast(m => m * below <= least * (1 + 1e-9))! * below;
  const high = marks.find(m => m * above >= most * (1 - 1e-9))! * above;
  // An axis needs some length: a single value stands in the middle of a decade.
  return low < high ? [low, high] : [low / 2, high * 2];
}

const mostTicks = 6;

/** Ticks within a domain: powers of ten where there are enough of them, else 1, 2 and 5 times those. */
export function logTicks([least, most]: readonly [number, number]): number[] {
  const powers: number[] = [];
  for (let e = Math.ceil(Math.log10(least) - 1e-9); e <= decadeOf(most); e++) powers.push(10 ** e);
  if (powers.length >= 3) {
    const every = Math.ceil(powers.length / mostTicks);
    return powers.filter((_, i) => (powers.length - 1 - i) % every === 0);
  }
  const ticks: number[] = [];
  for (let e = decadeOf(least); e <= decadeOf(most); e++)
    for (const mark of marks.slice(0, 3)) {
      const value = mark * 10 ** e;
      if (value >= least * (1 - 1e-9) && value <= most * (1 + 1e-9)) ticks.push(value);
    }
  return ticks;
}

/** Round whole ticks from `from` to `most`: six of them or fewer; from a later step, whose labels are longer, five. */
export function linearTicks(most: number, from = 0): number[] {
  const length = most - from;
  const decade = 10 ** decadeOf(length);
  const fewer = from > 0 ? mostTicks - 1 : mostTicks;
  const interval = [0.2, 0.5, 1, 2].map(m => m * decade).find(i => i >= 1 && length / i < fewer)!;
  const ticks: number[] = [];
  for (let i = Math.ceil(from / interval); i * interval <= most * (1 + 1e-9); i++) ticks.push(i * interval);
  return ticks;
}

/** What may stay empty of an axis of steps before those that are known. */
const emptyShare = 1 / 5;

/**
 * Where a linear axis of steps begins: at 0, or where what is known of a run begins late, as after it was resumed.
 * @param points of the run's history, each over the `width` steps before its own
 */
export function stepsFrom(points: readonly { step: number }[], width: number): number {
  const known = (points[0]?.step ?? 0) - width;
  return known > emptyShare * (points.at(-1)?.step ?? 0) ? known : 0;
}

/** Ticks of an axis of steps. A part of a decade may have one of a logarithmic axis, or none: it has those of a linear one. */
export function stepTicks(scale: 'log' | 'linear', [from, to]: readonly [number, number]): number[] {
  const ticks = scale === 'log' ? logTicks([from, to]) : [];
  return ticks.length > 1 ? ticks : linearTicks(to, from);
}
