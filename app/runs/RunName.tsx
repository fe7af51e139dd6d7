import { Pencil } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

interface RunNameProps {
  name: string;
  onRename: (name: string) => void;
}

const longest = 80;

/** A run's name, and the way to give it another: Enter keeps it, Escape leaves it. */
export function RunName({ name, onRename }: RunNameProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const editing = draft !== null;
  useEffect(() => {
    if (editing) field.current?.select();
  }, [editing]);

  const finish = (kept: string | null) => {
    const text = kept?.trim();
    if (text && text !== name) onRename(text);
    setDraft(null);
    // The field goes; who used the keyboard goes on from where it was opened.
    requestAnimationFrame(() => button.current?.focus());
  };

  if (editing)
    return (
      <input
        ref={field}
        className="field runs-name-field"
        aria-label={`New name of ${name}`}
        maxLength={longest}
        value={draft}
        onChange={event => setDraft(event.target.value)}
        onBlur={() => {
          const text = draft.trim();
          if (text && text !== name) onRename(text);
          setDraft(null);
        }}
        onKeyDown={event => {
          if (event.key === 'Enter') finish(draft);
          else if (event.key === 'Escape') finish(null);
        }}
      />
    );
  return (
    <span className="runs-name">
      <span>{name}</span>
      <button
        ref={button}
        type="button"
        className="runs-icon"
        aria-label={`Rename ${name}`}
        title="Rename"
        onClick={() => setDraft(name)}
      >
        <Pencil size="0.8125rem" aria-hidden />
      </button>
    </span>
  );
}
