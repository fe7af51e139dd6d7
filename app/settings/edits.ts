import { ConfigError } from '../../engine/errors.ts';
import type { Settings } from '../../engine/model/config.ts';
import { parameterAt, parameters, parseSettingText } from '../../engine/model/parameters.ts';
import { differingPaths, type SettingValue, settingAt, withSetting } from '../../engine/model/settings.ts';
import { plainNumber, typedNumber } from '../shared/typed-number.ts';

/** A value as plain text that `parseSettingText` reads back: the same in every locale. */
export const valueText = (value: SettingValue): string =>
  Array.isArray(value) ? value.join(', ') : String(value);

/** A value as its field shows it: a number with the language's decimal mark. */
export const fieldText = (value: SettingValue): string =>
  typeof value === 'number' ? typedNumber(value) : valueText(value);

/** What a person typed into the field of `path`, as plain text. */
export const plainText = (path: string, text: string): string =>
  parameterAt(path)?.kind === 'number' ? plainNumber(text) : text;

/** A value as a person reads it: a choice by its label. */
export function valueLabel(path: string, value: SettingValue): string {
  const parameter = parameterAt(path);
  const option = parameter?.kind === 'choice' && parameter.options.find(o => o.value === value);
  if (option) return option.label;
  return typeof value === 'number' ? typedNumber(value) : valueText(value);
}

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

/** Where a parameter stands in the settings, as a ConfigError names it. */
const fieldPath = (path: string): string =>
  path === 'seed' || path.startsWith('signal.') ? path : `network.${path}`;

/** Why `text` cannot be the setting at `path`, in words for that control; null when it can. */
export function refusalOf(settings: Settings, path: string, text: string): string | null {
  try {
    withSetting(settings, path, parseSettingText(path, text));
    return null;
  } catch (error) {
    if (error instanceof ConfigError) return refusalText(settings, path, error);
    throw error;
  }
}

function refusalText(settings: Settings, path: string, { path: at, problem }: ConfigError): string {
  if (at === path || at === fieldPath(path)) return sentence(problem);
  if (at.startsWith(`${fieldPath(path)}.`))
    return `Layer ${Number(at.slice(fieldPath(path).length + 1)) + 1} ${problem}.`;
  // The value is fine by itself, and at odds with another: that one has to go first.
  const other = parameters.find(p => fieldPath(p.path) === at);
  if (!other) return sentence(problem);
  return `${other.label}, now ${valueLabel(other.path, settingAt(settings, other.path))}, ${problem}. Change it first.`;
}

/**
 * Single changes that lead from one state of the settings to another, in an order in which each is accepted: fewer
 * winners before fewer columns, more columns before more winners. What a change brings with it is part of the way.
 */
export function changesBetween(from: Settings, to: Settings): { path: string; value: SettingValue }[] {
  const changes: { path: string; value: SettingValue }[] = [];
  let waiting = differingPaths(from, to);
  let settings = from;
  while (waiting.length > 0) {
    const refused: string[] = [];
    for (const path of waiting) {
      const value = settingAt(to, path);
      try {
        settings = withSetting(settings, path, value);
        changes.push({ path, value });
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        refused.push(path);
      }
    }
    const left = differingPaths(settings, to);
    if (refused.length === waiting.length && left.length > 0)
      throw new ConfigError(refused[0]!, 'cannot be reached by changing one setting at a time');
    waiting = left;
  }
  return changes;
}
