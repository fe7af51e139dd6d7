import { ToggleGroup } from 'radix-ui';
import './segmented.css';

interface SegmentedProps<T extends string> {
  label: string;
  options: readonly { readonly value: T; readonly label: string; readonly name?: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** A choice of one among a few short words. `name` says a word in full to those who cannot see its surroundings. */
export function Segmented<T extends string>({ label, options, value, onChange }: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      className="segmented"
      type="single"
      aria-label={label}
      value={value}
      // Pressing the chosen one again would choose none.
      onValueChange={next => next && onChange(next as T)}
    >
      {options.map(option => (
        <ToggleGroup.Item key={option.value} value={option.value} aria-label={option.name ?? option.label}>
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
