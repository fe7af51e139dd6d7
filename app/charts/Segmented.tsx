import { useId } from 'react';
import './segmented.css';

interface SegmentedProps<T extends string> {
  label: string;
  options: readonly { readonly value: T; readonly label: string; readonly name?: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** A choice of one among a few short words. `name` says a word in full to those who cannot see its surroundings. */
export function Segmented<T extends string>({ label, options, value, onChange }: SegmentedProps<T>) {
  const group = useId();
  return (
    <fieldset className="segmented">
      <legend className="visually-hidden">{label}</legend>
      {options.map(option => (
        <label key={option.value}>
          <input
            type="radio"
            name={group}
            aria-label={option.name ?? option.label}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
