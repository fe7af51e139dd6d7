import { lookUp } from './guide-state.ts';
import { markTerms } from './term-names.ts';
import './with-terms.css';

interface WithTermsProps {
  text: string;
  /** Terms that are explained where this stands. */
  known?: readonly string[];
  /** What else is to be done when a term is looked up. */
  onLookUp?: () => void;
}

/** A text in which every term of the glossary can be looked up, where it comes first. */
export function WithTerms({ text, known, onLookUp }: WithTermsProps) {
  return markTerms(text, known).map(({ text: words, term }, i) =>
    term === null ? (
      words
    ) : (
      <button
        // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one text never change their order
        key={i}
        type="button"
        className="term"
        onClick={() => {
          onLookUp?.();
          lookUp(term);
        }}
      >
        {words}
      </button>
    ),
  );
}
