import { Search } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { GuideDialog } from './GuideDialog.tsx';
import { type GlossaryEntry, glossary } from './glossary.ts';
import { useGuide } from './guide-state.ts';
import { termNames } from './term-names.ts';
import { WithTerms } from './WithTerms.tsx';
import './glossary.css';

/** Entries named like the words first, then those that only speak of them. */
function found(words: string): readonly GlossaryEntry[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return glossary;
  const named = ({ id, name }: GlossaryEntry) =>
    [name, ...termNames[id]!].some(text => text.toLowerCase().includes(wanted));
  const speaks = ({ text, note = '' }: GlossaryEntry) => `${text} ${note}`.toLowerCase().includes(wanted);
  return [...glossary.filter(named), ...glossary.filter(entry => !named(entry) && speaks(entry))];
}

/** The field's terms and this page's own, searched by words; opened at one of them, it stands there. */
export default function Glossary() {
  const term = useGuide(s => s.term);
  const [words, setWords] = useState('');
  const list = useRef<HTMLDListElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const entries = found(words);

  useLayoutEffect(() => {
    if (term === null) return field.current?.focus();
    setWords('');
    const entry = list.current?.querySelector<HTMLElement>(`[data-term="${term}"]`);
    entry?.scrollIntoView({ block: 'start' });
    entry?.focus({ preventScroll: true });
  }, [term]);

  return (
    <GuideDialog title="Glossary" className="glossary">
      <div className="glossary-search">
        <Search size="0.9375rem" aria-hidden />
        <input
          ref={field}
          className="field"
          type="search"
          // By itself it would only be emptied.
          onKeyDown={event => {
            if (event.key === 'Escape') event.currentTarget.closest('dialog')?.close();
          }}
          placeholder="Search"
          aria-label="Search the glossary"
          autoComplete="off"
          spellCheck={false}
          value={words}
          onChange={event => setWords(event.target.value)}
        />
        <span className="glossary-count" role="status">
          {entries.length === 1 ? '1 term' : `${entries.length} terms`}
        </span>
      </div>
      <div className="guide-dialog-scroll">
        <dl ref={list}>
          {entries.map(({ id, name, text, note }) => (
            <div key={id} data-term={id} data-asked={id === term || undefined} tabIndex={-1}>
              <dt>{name}</dt>
              <dd>
                <p>
                  <WithTerms text={text} known={[id]} />
                </p>
                {note ? (
                  <p className="glossary-note">
                    <WithTerms text={note} known={[id]} />
                  </p>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
        {entries.length === 0 ? (
          <p>Nothing here speaks of that. Try a shorter word, such as “cell” or “error”.</p>
        ) : null}
      </div>
    </GuideDialog>
  );
}
