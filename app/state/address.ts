import type { DriverRequest, EngineRequest } from '../../engine/engine-choice.ts';
import { defaultMilestones } from '../../engine/measure/run-measure.ts';
import type { Settings } from '../../engine/model/config.ts';
import type { Preset } from '../../engine/model/presets.ts';
import { settingPaths } from '../../engine/model/settings.ts';
import { type AddressProblem, readSettings, writeSettings } from '../address/settings-link.ts';
import { parseMilestones } from '../snapshots/milestone-steps.ts';
import { type ViewName, viewNames } from './view.ts';

/** The first of each where an address says nothing. */
const engines: readonly EngineRequest[] = ['auto', 'gpu', 'cpu'];
const drivers: readonly DriverRequest[] = ['auto', 'stream', 'loop'];

/** Parameters that say how the page runs and looks, not what it trains: they stay when the settings change. */
export const pageParameters = ['engine', 'driver', 'embed', 'view', 'milestones'];
const settingParameters = ['preset', ...settingPaths, 'v'];
const known = new Set([...pageParameters, ...settingParameters]);

/** What other sites add to links that lead away from them. */
const tracking = /^(utm_.*|.*clid)$/;

/** Every setting at its longest is not half of it. */
const longestQuery = 8192;

/** What the page's address asks for. */
export interface Address {
  engine: EngineRequest;
  driver: DriverRequest;
  view: ViewName;
  /** Steps at which snapshots are taken. */
  milestones: readonly number[];
  preset: Preset;
  /** The preset's, with the changes that the address asks for. */
  settings: Settings;
  /** What was ignored, and why. */
  problems: AddressProblem[];
}

/**
 * Reads `?engine=auto|gpu|cpu`, `?driver=auto|stream|loop`, `?view=training|inside|runs|sweep`, `?milestones=STEP,STEP`,
 * `?preset=NAME`, and any setting by its path, as in `?learningRate=0.5&signal.period=40`.
 */
export function readAddress(search: string): Address {
  const problems: AddressProblem[] = [];
  if (search.length > longestQuery) {
    problems.push({
      parameter: 'address',
      value: search.slice(0, 40),
      reason: `it has ${search.length} characters, where no link needs more than ${longestQuery}; nothing of it was read`,
    });
    search = '';
  }
  const given = new Map<string, string>();
  for (const [parameter, value] of new URLSearchParams(search)) {
    if (given.has(parameter)) problems.push({ parameter, value, reason: 'given twice; the first counts' });
    else if (known.has(parameter)) given.set(parameter, value);
    else if (!tracking.test(parameter))
      problems.push({ parameter, value, reason: 'there is no such setting' });
  }

  const choose = <T extends string>(parameter: string, allowed: readonly T[]): T => {
    const value = given.get(parameter);
    const chosen = allowed.find(name => name === value);
    if (value !== undefined && chosen === undefined)
      problems.push({
        parameter,
        value,
        reason: `there is no such ${parameter}, but ${allowed.join(', ')}`,
      });
    return chosen ?? allowed[0]!;
  };
  return {
    engine: choose('engine', engines),
    driver: choose('driver', drivers),
    view: choose('view', viewNames),
    milestones: readMilestones(given.get('milestones'), problems),
    ...readSettings(given, problems),
    problems,
  };
}

function readMilestones(value: string | undefined, problems: AddressProblem[]): readonly number[] {
  if (value === undefined) return defaultMilestones;
  // Digits alone: a link means the same in every language.
  const read = /^[\d,]*$/.test(value) ? parseMilestones(value.split(',')) : null;
  if (read && 'steps' in read) return read.steps;
  const reason = read?.problem.replace(/\.$/, '') ?? 'must be whole numbers with commas between';
  problems.push({ parameter: 'milestones', value, reason });
  return defaultMilestones;
}

/**
 * The query of an address for these settings: only what differs from a preset, and of `search`, the present query,
 * what `keep` names. Empty when nothing needs saying.
 */
export function writeAddress(settings: Settings, search: string, keep: readonly string[]): string {
  const present = new URLSearchParams(search);
  const kept = keep.flatMap((name): [string, string][] => {
    const value = present.get(name);
    return value === null ? [] : [[name, value]];
  });
  const query = [...kept, ...writeSettings(settings)].map(([name, value]) => {
    // Commas may stay as they are, and are easier on the eye.
    const text = encodeURIComponent(value).replaceAll('%2C', ',');
    return value === '' ? name : `${name}=${text}`;
  });
  return query.length === 0 ? '' : `?${query.join('&')}`;
}
