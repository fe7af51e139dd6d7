import * as v from 'valibot';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { StoryName } from './story-titles.ts';

export type GuidePart = 'tour' | 'glossary' | 'shortcuts' | 'about';

interface GuideState {
  /** What of the guide is open. */
  part: GuidePart | null;
  /** The entry that the glossary opens at. */
  term: string | null;
  story: StoryName | null;
}

export const useGuide = create<GuideState>()(() => ({ part: null, term: null, story: null }));

export const openGuide = (part: GuidePart): void => useGuide.setState({ part, term: null });
export const closeGuide = (): void => useGuide.setState({ part: null });
export const lookUp = (term: string): void => useGuide.setState({ part: 'glossary', term });
export const tellStory = (story: StoryName | null): void => useGuide.setState({ story });

const SeenSchema = v.object({ offered: v.boolean() });

/** What a visitor was offered before; kept by the browser. */
export const useSeen = create<{ offered: boolean }>()(
  persist((): { offered: boolean } => ({ offered: false }), {
    name: 'deephtm.guide',
    version: 1,
    merge: (stored, initial) => {
      const result = v.safeParse(SeenSchema, stored);
      return result.success ? result.output : initial;
    },
  }),
);
