import { parameters } from '../../engine/model/parameters.ts';
import { settingAt } from '../../engine/model/settings.ts';
import { originInWords } from '../data/origin-in-words.ts';
import { valueLabel } from '../settings/edits.ts';
import type { RunRecord } from '../storage/record.ts';

export interface Difference {
  path: string;
  label: string;
  /** One for each run, as a person reads it. */
  values: string[];
}

/** What is not the same in all runs: settings in the order in which a person meets them, their own data, the engine. */
export function differencesOf(
  runs: readonly Pick<RunRecord, 'settings' | 'data' | 'engine'>[],
): Difference[] {
  const settings = parameters.map(({ path, label }) => {
    const values = runs.map(run => settingAt(run.settings, path));
    return {
      path,
      label,
      told: values.map(String),
      values: values.map(value => valueLabel(path, value).replace(/…$/, '')),
    };
  });
  const rest = [
    {
      path: 'data',
      label: 'Own data',
      told: runs.map(({ data }) => JSON.stringify(data)),
      values: runs.map(({ data }) => (data ? originInWords(data) : '–')),
    },
    {
      path: 'engine',
      label: 'Engine',
      told: runs.map(({ engine }) => engine),
      values: runs.map(({ engine }) => engine.toUpperCase()),
    },
  ];
  return [...settings, ...rest].flatMap(({ told, ...difference }) =>
    told.every(text => text === told[0]) ? [] : [difference],
  );
}
