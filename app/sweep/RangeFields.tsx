import { useId } from 'react';
import type { Settings } from '../../engine/model/config.ts';
import { explanations } from '../../engine/model/explanations.ts';
import { parameterAt } from '../../engine/model/parameters.ts';
import { settingAt } from '../../engine/model/settings.ts';
import { type SweptPath, sweptParameters } from '../../engine/population/sweep.ts';
import { Segmented } from '../charts/Segmented.tsx';
import { idleReason } from '../settings/relevance.ts';
import { typedNumber } from '../shared/typed-number.ts';
import { type FormField, type RangeForm, rangeFor } from './sweep-form.ts';

interface RangeFieldsProps {
  name: 'first' | 'second';
  /** Null where there may be no second setting, and is none. */
  range: RangeForm | null;
  /** A setting that is swept already. */
  taken: SweptPath | null;
  settings: Settings;
  problems: ReadonlyMap<FormField, string> | null;
  onChange: (range: RangeForm | null) => void;
}

const scales = [
  { value: 'log', label: 'Log' },
  { value: 'linear', label: 'Linear' },
] as const;

/** Which setting is swept, and from where to where. */
export function RangeFields({ name, range, taken, settings, problems, onChange }: RangeFieldsProps) {
  const id = useId();
  const label = name === 'first' ? 'Setting' : 'Second setting';
  return (
    <fieldset className="sweep-range">
      <legend className="visually-hidden">{label}</legend>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="field"
        value={range?.path ?? ''}
        onChange={event => onChange(event.target.value ? rangeFor(event.target.value as SweptPath) : null)}
      >
        {name === 'second' ? <option value="">None</option> : null}
        {sweptParameters
          .filter(p => p.path !== taken)
          .map(p => (
            <option key={p.path} value={p.path}>
              {p.label}
            </option>
          ))}
      </select>
      {range ? <Chosen {...{ name, range, settings, problems, onChange }} /> : null}
    </fieldset>
  );
}

type ChosenProps = Omit<RangeFieldsProps, 'range' | 'taken'> & { range: RangeForm };

function Chosen({ name, range, settings, problems, onChange }: ChosenProps) {
  const { path } = range;
  const parameter = parameterAt(path)!;
  const idle = idleReason(settings, path);
  const problem = problems?.get(name);
  const ends = ['from', 'to'] as const;
  return (
    <>
      <p className="sweep-hint">
        {explanations[path]}{' '}
        {path === 'seed'
          ? `Counts up from the run’s, ${settings.seed}: how much is luck?`
          : `The run has ${typedNumber(settingAt(settings, path) as number)}.`}
      </p>
      {idle ? <p className="sweep-hint sweep-idle">{idle}</p> : null}
      {path === 'seed' ? null : (
        <div className="sweep-ends">
          {ends.map(end => (
            <EndField
              key={end}
              label={end === 'from' ? 'From' : 'To'}
              text={range[end]}
              problem={problems?.get(`${name}.${end}`)}
              onChange={text => onChange({ ...range, [end]: text })}
            />
          ))}
          <Segmented
            label={`Spacing of ${parameter.label}`}
            options={scales}
            value={range.scale}
            onChange={scale => onChange({ ...range, scale })}
          />
        </div>
      )}
      {problem ? (
        <p className="sweep-problem" role="alert">
          {problem}
        </p>
      ) : null}
    </>
  );
}

interface EndFieldProps {
  label: string;
  text: string;
  problem: string | undefined;
  onChange: (text: string) => void;
}

export function EndField({ label, text, problem, onChange }: EndFieldProps) {
  const id = useId();
  return (
    <div className="sweep-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={event => onChange(event.target.value)}
      />
      {problem ? (
        <p id={`${id}-problem`} className="sweep-problem" role="alert">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
