import type { Settings } from '../../engine/model/config.ts';
import { parameters } from '../../engine/model/parameters.ts';
import { settingAt } from '../../engine/model/settings.ts';
import { valueLabel } from '../settings/edits.ts';

export interface Difference {
  path: string;
  label: string;
  /** One for each run, as a person reads it. */
  values: string[];
}

/** The settings that are not the same in all runs, in the order in which a person meets them. */
export function differencesOf(runs: readonly Settings[]): Difference[] {
  return parameters.flatMap(({ path, label }) => {
    const values = runs.map(settings => settingAt(settings, path));
    if (values.every(value => String(value) === String(values[0]))) return [];
    return [{ path, label, values: values.map(value => valueLabel(path, value)) }];
  });
}
