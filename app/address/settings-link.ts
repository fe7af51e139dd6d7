import { symbols } from '../../engine/data/symbols.ts';
import { ConfigError } from '../../engine/errors.ts';
import { parseSettings, type Settings } from '../../engine/model/config.ts';
import { parameters, parseSettingText } from '../../engine/model/parameters.ts';
import { defaultPreset, type Preset, presets } from '../../engine/model/presets.ts';
import { differingPaths, type SettingValue, settingAt, settingPaths } from '../../engine/model/settings.ts';
import { nearestPreset } from './nearest-preset.ts';

/** Raised when a name or a value in links comes to mean something else. */
export const linkVersion = '1';

/** Something in an address that was ignored: as if it were not there. */
export interface AddressProblem {
  parameter: string;
  value: string;
  /** Why, as what follows a colon. */
  reason: string;
}

/** No value of a setting is written in more characters. */
const longestValue = 100;

/** A setting's value as it stands in an address: `parseSettingText` reads it back, to the last bit. */
const valueText = (value: SettingValue): string => String(value);

/** Settings as the parameters of an address: what differs from the preset they are nearest to; none for the default. */
export function writeSettings(settings: Settings): [name: string, value: string][] {
  const { preset } = nearestPreset(settings);
  const changes = differingPaths(preset.settings, settings).map((path): [string, string] => [
    path,
    valueText(settingAt(settings, path)),
  ]);
  if (preset === defaultPreset && changes.length === 0) return [];
  return [['preset', preset.name], ...changes, ['v', linkVersion]];
}

/**
 * The settings that an address asks for: those of its preset, with its changes. What cannot be used is left out and
 * added to `problems`; the rest holds.
 */
export function readSettings(
  given: ReadonlyMap<string, string>,
  problems: AddressProblem[],
): { preset: Preset; settings: Settings } {
  const version = given.get('v');
  const paths = settingPaths.filter(path => given.has(path));
  if (version !== undefined && version !== linkVersion) {
    const ignored = [...(given.has('preset') ? ['preset'] : []), ...paths];
    const also = ignored.length > 0 ? `, so ${ignored.join(', ')} cannot be understood` : '';
    problems.push({
      parameter: 'v',
      value: version,
      reason: `this page knows version ${linkVersion} of links${also}`,
    });
    return { preset: defaultPreset, settings: defaultPreset.settings };
  }

  const preset = readPreset(given.get('preset'), problems);
  const asked = new Map<string, SettingValue>();
  for (const path of paths) {
    const text = given.get(path)!;
    try {
      if (path === 'signal.wave' && text === 'data')
        throw new ConfigError(
          path,
          'a link cannot hold your own data; load the file again under Signal, Wave',
        );
      if (text.length > longestValue) throw new ConfigError(path, 'is too long to be a value');
      asked.set(path, parseSettingText(path, text));
    } catch (error) {
      problems.push({ parameter: path, value: text, reason: reasonOf(error, path, preset.settings) });
    }
  }
  return { preset, settings: withAll(preset.settings, asked, problems) };
}

function readPreset(name: string | undefined, problems: AddressProblem[]): Preset {
  if (name === undefined) return defaultPreset;
  const preset = presets.find(p => p.name === name);
  if (preset) return preset;
  const allowed = presets.map(p => p.name).join(', ');
  problems.push({ parameter: 'preset', value: name, reason: `there is no such preset, but ${allowed}` });
  return defaultPreset;
}

/** `settings` with all changes that can be had together, found by trying each until none more fits. */
function withAll(
  settings: Settings,
  asked: ReadonlyMap<string, SettingValue>,
  problems: AddressProblem[],
): Settings {
  let accepted = settings;
  let waiting = [...asked.keys()];
  for (let before = Number.POSITIVE_INFINITY; waiting.length < before; ) {
    before = waiting.length;
    waiting = waiting.filter(path => {
      const changed = attempt(accepted, path, asked.get(path)!);
      if (changed instanceof ConfigError) return true;
      accepted = changed;
      return false;
    });
  }
  for (const path of waiting) {
    const value = asked.get(path)!;
    const error = attempt(accepted, path, value);
    problems.push({ parameter: path, value: valueText(value), reason: reasonOf(error, path, accepted) });
  }
  return accepted;
}

function attempt(settings: Settings, path: string, value: SettingValue): Settings | ConfigError {
  const { network, signal, seed } = settings;
  try {
    if (path === 'seed') return parseSettings({ network, signal, seed: value });
    if (!path.startsWith('signal.'))
      return parseSettings({ network: { ...network, [path]: value }, signal, seed });
    // Symbols need as many channels as there are. For any other wave a link says how many, where the preset does not.
    const inputs = value === 'highOrder' ? symbols.length : network.inputs;
    return parseSettings({
      network: { ...network, inputs },
      signal: { ...signal, [path.slice('signal.'.length)]: value },
      seed,
    });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function reasonOf(error: unknown, path: string, settings: Settings): string {
  if (!(error instanceof ConfigError)) throw error;
  const at = error.path.replace(/^network\./, '');
  if (at === path) return error.problem;
  if (at.startsWith(`${path}.`)) return `has a layer whose size ${error.problem}`;
  // Fine by itself, and at odds with another.
  const other = parameters.find(p => p.path === at);
  if (!other) return error.problem;
  return `does not go with ${other.label.toLowerCase()} ${valueText(settingAt(settings, at))}, which ${error.problem}`;
}
