import { ConfigError } from '../../engine/errors.ts';
import type { Settings } from '../../engine/model/config.ts';
import { parameterAt, parseSettingText } from '../../engine/model/parameters.ts';
import { planSweep, type Sweep, type SweepRange, type SweptPath } from '../../engine/population/sweep.ts';
import { formatCount } from '../charts/figures.ts';
import { refusalOf } from '../settings/edits.ts';
import { plainNumber, typedNumber } from '../shared/typed-number.ts';

/** One setting to sweep, as it stands in the form. */
export interface RangeForm {
  readonly path: SweptPath;
  readonly from: string;
  readonly to: string;
  readonly scale: 'linear' | 'log';
}

export interface SweepForm {
  readonly first: RangeForm;
  readonly second: RangeForm | null;
  readonly networks: number;
  readonly steps: string;
}

/** Square numbers: so that two settings have as many values each. */
export const networkCounts = [4, 9, 16, 25, 36, 64] as const;
const mostSteps = 1_000_000;

/** Shows what a sweep is for: too small rates learn little in 3,000 steps, and too large ones diverge. */
export const firstExample: SweepForm = {
  first: { path: 'learningRate', from: typedNumber(0.01), to: '3', scale: 'log' },
  second: null,
  networks: 16,
  steps: '3000',
};

export type FormField =
  | 'first.from'
  | 'first.to'
  | 'first'
  | 'second.from'
  | 'second.to'
  | 'second'
  | 'steps';

/** What a form asks for, or for each field that cannot be so a sentence that says why. */
export type FormReading =
  | { readonly sweep: Sweep; readonly steps: number; readonly problems: null }
  | { readonly sweep: null; readonly problems: ReadonlyMap<FormField, string> };

/** A range for a setting that was just chosen: what its slider covers. */
export function rangeFor(path: SweptPath): RangeForm {
  const parameter = parameterAt(path);
  if (parameter?.kind !== 'number' || path === 'seed') return { path, from: '', to: '', scale: 'linear' };
  const { least, most, step, scale } = parameter;
  return { path, from: typedNumber(scale === 'log' ? least || step : least), to: typedNumber(most), scale };
}

/** Reads the whole form; what is not swept is as in `settings`. */
export function readForm(form: SweepForm, settings: Settings): FormReading {
  const problems = new Map<FormField, string>();
  const ranges = (['first', 'second'] as const).flatMap(name => {
    const range = form[name];
    return range ? [{ name, range: readRange(name, range, settings, problems) }] : [];
  });
  const steps = Number(plainNumber(form.steps) || Number.NaN);
  if (!Number.isInteger(steps) || steps < 1 || steps > mostSteps)
    problems.set('steps', `Must be a whole number from 1 to ${formatCount(mostSteps)}.`);
  if (problems.size > 0) return { sweep: null, problems };
  try {
    return {
      sweep: planSweep(
        settings,
        ranges.map(r => r.range!),
        form.networks,
      ),
      steps,
      problems: null,
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { path } = error;
    const at = ranges.findLast(({ range }) => path.endsWith(range!.path))?.name ?? 'first';
    return { sweep: null, problems: new Map([[at, sentence(error.problem)]]) };
  }
}

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

function readRange(
  name: 'first' | 'second',
  { path, from, to, scale }: RangeForm,
  settings: Settings,
  problems: Map<FormField, string>,
): SweepRange | null {
  if (path === 'seed') return { path, kind: 'seeds' };
  const end = (which: 'from' | 'to', typed: string): number => {
    const text = plainNumber(typed);
    const problem = refusalOf(settings, path, text);
    if (problem === null) return parseSettingText(path, text) as number;
    problems.set(`${name}.${which}`, problem);
    return Number.NaN;
  };
  return { path, kind: 'range', from: end('from', from), to: end('to', to), scale };
}
