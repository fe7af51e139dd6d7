import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { PartBoundary } from '../shared/PartBoundary.tsx';
import { useMedia } from '../shared/use-media.ts';
import { type GuidePart, openGuide, useGuide } from './guide-state.ts';

// Texts are long, and few visits need all of them.
const parts: Record<GuidePart, ComponentType> = {
  tour: lazy(() => import('./Tour.tsx')),
  glossary: lazy(() => import('./Glossary.tsx')),
  shortcuts: lazy(() => import('./Shortcuts.tsx')),
  about: lazy(() => import('./About.tsx')),
};
const Story = lazy(() => import('./Story.tsx'));

/** Shows what of the guide is open. */
export function GuideHost() {
  const part = useGuide(s => s.part);
  const story = useGuide(s => s.story);
  const narrow = useMedia('(max-width: 56.25em)');
  useHelpKey();
  const Part = part && parts[part];
  return (
    <PartBoundary>
      <Suspense>
        {Part ? <Part /> : null}
        {story && narrow ? (
          <div className="story-sheet">
            <Story />
          </div>
        ) : null}
      </Suspense>
    </PartBoundary>
  );
}

/** Where the preset is chosen, if there is room. */
export function StoryPlace() {
  const story = useGuide(s => s.story);
  const narrow = useMedia('(max-width: 56.25em)');
  return story && !narrow ? (
    <PartBoundary>
      <Suspense>
        <Story />
      </Suspense>
    </PartBoundary>
  ) : null;
}

/** `?` shows the keys, unless it is typed into a field. */
function useHelpKey(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
        return;
      const at = event.target instanceof Element ? event.target : null;
      if (
        at?.closest('input:not([type="range"], [type="radio"], [type="checkbox"]), textarea, select, dialog')
      )
        return;
      event.preventDefault();
      openGuide('shortcuts');
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
