import { describe, expect, it } from 'vitest';
import { glossary } from './glossary.ts';
import { markTerms, termNames } from './term-names.ts';

describe('the glossary', () => {
  it('explains every term that texts mark, once, and no other', () => {
    expect(glossary.map(entry => entry.id).sort()).toEqual(Object.keys(termNames).sort());
  });

  it('stands in the order of its names', () => {
    const names = glossary.map(entry => entry.name);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
  });
});

describe('terms in a text', () => {
  it('are marked where they come first, in any number and case, and the text stays whole', () => {
    const text = 'Bursts of a column: one that bursts is no predictive cell’s. Columns burst.';
    const stretches = markTerms(text);
    expect(stretches.map(s => s.text).join('')).toBe(text);
    expect(stretches.filter(s => s.term !== null)).toEqual([
      { text: 'Bursts', term: 'bursting' },
      { text: 'column', term: 'column' },
      { text: 'predictive cell', term: 'predictive-cell' },
    ]);
  });

  it('are not seen within other words, nor where they are known', () => {
    expect(markTerms('outburst, columnar, winners-only')).toEqual([
      { text: 'outburst, columnar, winners-only', term: null },
    ]);
    expect(markTerms('A winner', ['winner'])).toEqual([{ text: 'A winner', term: null }]);
    expect(markTerms('')).toEqual([]);
  });
});
