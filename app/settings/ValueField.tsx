import { type KeyboardEvent, useState } from 'react';

interface ValueFieldProps {
  id: string;
  /** The setting's value, or the refused text that stays until it is put right. */
  text: string;
  decimal: boolean;
  invalid: boolean;
  messageId: string | undefined;
  /** On Enter, and on leaving the field with a changed text. */
  onSubmit: (text: string) => void;
  /** On Escape: back to the setting's value. */
  onCancel: () => void;
}

/** A text field for an exact value. What is typed counts when it is submitted, not before. */
export function ValueField({ id, text, decimal, invalid, messageId, onSubmit, onCancel }: ValueFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const submit = (typed: string) => {
    setDraft(null);
    onSubmit(typed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') submit(draft ?? text);
    if (event.key === 'Escape') {
      setDraft(null);
      onCancel();
    }
  };
  return (
    <input
      id={id}
      className={decimal ? 'setting-field setting-field-number' : 'setting-field'}
      type="text"
      inputMode={decimal ? 'decimal' : 'text'}
      autoComplete="off"
      spellCheck={false}
      value={draft ?? text}
      aria-invalid={invalid}
      aria-describedby={messageId}
      onChange={event => setDraft(event.target.value)}
      onFocus={event => event.target.select()}
      onBlur={() => {
        if (draft !== null && draft !== text) submit(draft);
        else setDraft(null);
      }}
      onKeyDown={onKeyDown}
    />
  );
}
