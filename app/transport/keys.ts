import { useEffect } from 'react';
import { reset, useRun } from '../state/run.ts';
import { step, togglePlay } from './pace-actions.ts';

/** Where letters are typed, or choose among options. */
const takesLetters =
  'input, textarea, select, [contenteditable], [role="combobox"], [role="listbox"], [role="menu"]';
/** Where Space presses, or the arrow keys and their like do something. */
const takesSpace =
  'button, a, summary, [role="slider"], [role="switch"], [role="tab"], [role="option"], [role="radio"]';
/** What is asked in front of the page comes first. */
const inFront = 'dialog, [role="dialog"], [role="alertdialog"], [role="menu"]';

const actions: Record<string, () => void> = { ' ': togglePlay, s: step, r: reset };

/** Space plays and pauses, S steps, R resets; not while a person types or presses something else. */
export function useTransportKeys(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      const act = actions[key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      // Held down, only S repeats: it then steps on and on.
      if (event.repeat && key !== 's') return;
      const at = event.target instanceof Element ? event.target : null;
      if (at?.closest(`${takesLetters}, ${inFront}`)) return;
      if (key === ' ' && at?.closest(takesSpace)) return;
      const { status } = useRun.getState();
      if (status === 'starting' || (status === 'failed' && key !== 'r')) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
