import * as v from 'valibot';
import { ConfigError } from '../errors.ts';
import { NetworkSchema, type Settings } from '../model/config.ts';
import { type NumberParameter, parameterAt, parameters } from '../model/parameters.ts';
import { liveParameters, settingPaths, withSetting } from '../model/settings.ts';
import type { LiveParameters } from '../network.ts';
import type { Member } from './population.ts';

/** What networks of one population can differ in: their shape and their signal are the same. */
export type SweptPath = keyof LiveParameters | 'seed';

/** Values of one setting, as a person asks for them. */
export type SweepRange = { readonly path: SweptPath } & (
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly scale: 'linear' | 'log' }
  | { readonly kind: 'list'; readonly values: readonly number[] }
  /** As many as there are networks for: the run's own seed, the next one, and so on. */
  | { readonly kind: 'seeds' }
);

export interface SweepAxis {
  readonly path: SweptPath;
  readonly values: readonly number[];
}

/** A network for each value of one setting, or for each pair of values of two: row by row, the second varies fastest. */
export type Sweep = readonly SweepAxis[];

export const mostNetworks = 64;
const networksByDefault = 16;
const mostAxes = 2;
/** Digits of a value within a range: enough to tell any two apart that a person would, and short enough to type. */
const digits = 4;

const isSwept = (path: string): path is SweptPath =>
  path === 'seed' || (path in NetworkSchema.entries && parameterAt(path)?.effect === 'live');

/** The settings that can be swept, in the order a person reads them. */
export const sweptParameters: readonly (NumberParameter & { path: SweptPath })[] = parameters.filter(
  (p): p is NumberParameter & { path: SweptPath } => p.kind === 'number' && isSwept(p.path),
);

function sweptPath(path: string): SweptPath {
  if (isSwept(path)) return path;
  const known = settingPaths.includes(path);
  const why = !known
    ? 'there is no setting of this name'
    : path.startsWith('signal.')
      ? 'all networks of a sweep learn one signal'
      : 'all networks of a sweep have one shape';
  throw new ConfigError(path, `${why}; sweep one of ${sweptParameters.map(p => p.path).join(', ')}`);
}

const numeric = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.toNumber(), v.finite());

function numberIn(path: string, text: string): number {
  const result = v.safeParse(numeric, text);
  if (!result.success) throw new ConfigError(path, `"${text.trim()}" is not a number; write it like 0.05`);
  return result.output;
}

/**
 * Reads `learningRate=0.001:0.1:log`, `memoryRate=1:10` (evenly spaced), `errorClip=0,0.1,0.3`, or `seed` alone, which
 * counts up from the run's.
 * @throws ConfigError that names the setting, and says what can be swept where that is the trouble
 */
export function parseSweepRange(text: string): SweepRange {
  const at = text.indexOf('=');
  const path = sweptPath((at < 0 ? text : text.slice(0, at)).trim());
  if (at < 0) {
    if (path === 'seed') return { path, kind: 'seeds' };
    throw new ConfigError(path, `say from where to where, as in ${path}=${exampleOf(path)}`);
  }
  const given = text.slice(at + 1);
  if (!given.includes(':'))
    return { path, kind: 'list', values: given.split(',').map(value => numberIn(path, value)) };
  const [from, to, scale = 'linear', ...rest] = given.split(':');
  if (rest.length > 0 || (scale !== 'linear' && scale !== 'log'))
    throw new ConfigError(path, `"${given}" is no range; write it like ${exampleOf(path)}`);
  return { path, kind: 'range', from: numberIn(path, from!), to: numberIn(path, to!), scale };
}

function exampleOf(path: SweptPath): string {
  const { least, most, step, scale } = sweptParameters.find(p => p.path === path)!;
  return scale === 'log' ? `${least || step}:${most}:log` : `${least}:${most}`;
}

/**
 * Shares `networks` out among the values of one or two settings, and checks every one of them. By default there are 16,
 * or as many as lists of values make.
 * @throws ConfigError
 */
export function planSweep(
  settings: Settings,
  ranges: readonly SweepRange[],
  networks = networksFor(ranges),
): Sweep {
  if (ranges.length === 0 || ranges.length > mostAxes)
    throw new ConfigError('sweep', 'choose one or two settings to sweep');
  if (ranges[0]!.path === ranges[1]?.path)
    throw new ConfigError(ranges[0]!.path, 'is swept twice; choose another setting, or none');
  if (!Number.isInteger(networks) || networks < 1 || networks > mostNetworks)
    throw new ConfigError('networks', `must be a whole number from 1 to ${mostNetworks}, not ${networks}`);
  const counts = countsOf(ranges, networks);
  return ranges.map((range, i) => ({ path: range.path, values: valuesOf(settings, range, counts[i]!) }));
}

const listed = (ranges: readonly SweepRange[]): number =>
  ranges.reduce((product, range) => (range.kind === 'list' ? product * range.values.length : product), 1);

const networksFor = (ranges: readonly SweepRange[]): number =>
  ranges.every(range => range.kind === 'list') ? listed(ranges) : networksByDefault;

/** How many values each range has: a list its own, and what remains is shared as evenly as it goes. */
function countsOf(ranges: readonly SweepRange[], networks: number): number[] {
  const free = ranges.filter(range => range.kind !== 'list').length;
  const left = networks / listed(ranges);
  if (free === 0 && left !== 1)
    throw new ConfigError('networks', `the values listed make ${listed(ranges)} networks, not ${networks}`);
  if (free > 0 && (!Number.isInteger(left) || left < 2))
    throw new ConfigError(
      'networks',
      listed(ranges) === 1
        ? 'a range needs at least 2 networks'
        : `${networks} cannot be shared out evenly; use ${2 * listed(ranges)}, ${3 * listed(ranges)} or another multiple of ${listed(ranges)}`,
    );
  const second = free === 2 ? largestFactor(left) : 1;
  if (free === 2 && second === 1)
    throw new ConfigError(
      'networks',
      `${networks} networks make no grid of two settings; use a number such as 4, 9, 16 or 12`,
    );
  const shares = free === 2 ? [left / second, second] : [left];
  return ranges.map(range => (range.kind === 'list' ? range.values.length : shares.shift()!));
}

/** The largest that is at most the square root. */
function largestFactor(n: number): number {
  for (let factor = Math.floor(Math.sqrt(n)); factor > 1; factor--) if (n % factor === 0) return factor;
  return 1;
}

function valuesOf(settings: Settings, range: SweepRange, count: number): readonly number[] {
  const values = spread(settings, range, count);
  for (const value of values) withSetting(settings, range.path, value);
  if (new Set(values).size < values.length)
    throw new ConfigError(
      range.path,
      range.kind === 'list'
        ? 'a value is listed twice; remove one'
        : `there are no ${count} different values in this range; choose a wider one, or fewer networks`,
    );
  return values;
}

function spread(settings: Settings, range: SweepRange, count: number): readonly number[] {
  if (range.kind === 'list') return range.values;
  if (range.kind === 'seeds') return Array.from({ length: count }, (_, i) => settings.seed + i);
  const { path, from, to, scale } = range;
  if (scale === 'log' && (from <= 0 || to <= 0))
    throw new ConfigError(path, 'both ends of a log range must be above 0; start higher, or make it linear');
  const whole = takesWholeNumbers(path);
  return Array.from({ length: count }, (_, i) => {
    // The ends are as given, to the last digit.
    if (i === 0 || i === count - 1) return i === 0 ? from : to;
    const share = i / (count - 1);
    const value = scale === 'log' ? from * (to / from) ** share : from + (to - from) * share;
    return whole ? Math.round(value) : Number(value.toPrecision(digits));
  });
}

// Every setting that takes fractions takes this one.
const takesWholeNumbers = (path: SweptPath): boolean =>
  path === 'seed' || !v.is(NetworkSchema.entries[path], 0.5);

/** What distinguishes a network of the sweep: a value for each axis. */
export function valuesAt(sweep: Sweep, member: number): number[] {
  const values: number[] = [];
  let rest = member;
  for (const axis of [...sweep].reverse()) {
    values.unshift(axis.values[rest % axis.values.length]!);
    rest = Math.floor(rest / axis.values.length);
  }
  return values;
}

export const networkCount = (sweep: Sweep): number =>
  sweep.reduce((product, axis) => product * axis.values.length, 1);

/** The networks of a sweep; what is not swept they have from `settings`. */
export function membersOf(settings: Settings, sweep: Sweep): Member[] {
  return Array.from({ length: networkCount(sweep) }, (_, member) => {
    const values = valuesAt(sweep, member);
    const own = sweep.reduce((changed, axis, i) => withSetting(changed, axis.path, values[i]!), settings);
    return { seed: own.seed, live: liveParameters(own.network) };
  });
}
