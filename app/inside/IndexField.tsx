import { useId } from 'react';

interface IndexFieldProps {
  label: string;
  /** Whole numbers from 0 up to this. */
  most: number;
  value: number;
  onChange: (value: number) => void;
}

/** A small field for the number of a column or a cell. */
export function IndexField({ label, most, value, onChange }: IndexFieldProps) {
  const id = useId();
  return (
    <span className="inside-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field"
        type="number"
        inputMode="numeric"
        min={0}
        max={most}
        step={1}
        value={value}
        onChange={event => {
          const { valueAsNumber: wanted } = event.target;
          if (Number.isInteger(wanted) && wanted >= 0 && wanted <= most) onChange(wanted);
        }}
      />
    </span>
  );
}
