import { ChevronDown, ChevronUp } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { typedIndex } from './typed-index.ts';

interface IndexFieldProps {
  label: string;
  /** Whole numbers from 0 up to this. */
  most: number;
  value: number;
  onChange: (value: number) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** A small field for the number of a column or a cell: typed in any digits, which a browser's own number fields are not. */
export function IndexField({ label, most, value, onChange }: IndexFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const step = (by: number) => {
    setDraft(null);
    onChange(Math.min(most, Math.max(0, value + by)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = steps[event.key];
    if (event.key === 'Enter' || event.key === 'Escape') setDraft(null);
    if (by === undefined) return;
    event.preventDefault();
    step(by);
  };
  const type = (text: string) => {
    setDraft(text);
    const wanted = typedIndex(text, most);
    if (wanted !== null) onChange(wanted);
  };
  return (
    <span className="inside-field">
      <label htmlFor={id}>{label}</label>
      <span className="inside-stepped">
        <input
          id={id}
          className="field"
          type="text"
          inputMode="numeric"
          role="spinbutton"
          autoComplete="off"
          aria-valuemin={0}
          aria-valuemax={most}
          aria-valuenow={value}
          aria-invalid={draft !== null && typedIndex(draft, most) === null}
          value={draft ?? value}
          onChange={event => type(event.target.value)}
          onBlur={() => setDraft(null)}
          onKeyDown={onKeyDown}
        />
        {/* For the mouse, as a browser's own number fields have them; keys and typing do the same. */}
        <span className="inside-steps" aria-hidden>
          <button type="button" tabIndex={-1} onClick={() => step(1)}>
            <ChevronUp size="0.75rem" />
          </button>
          <button type="button" tabIndex={-1} onClick={() => step(-1)}>
            <ChevronDown size="0.75rem" />
          </button>
        </span>
      </span>
    </span>
  );
}
