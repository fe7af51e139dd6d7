import { X } from 'lucide-react';
import { useId } from 'react';
import { useRun } from '../state/run.ts';
import { tellStory, useGuide } from './guide-state.ts';
import { storySteps } from './stories.ts';
import { stories } from './story-titles.ts';
import { WithTerms } from './WithTerms.tsx';
import './story.css';

/** What to watch in the story that is told, step by step, with what takes the run there. */
export default function Story() {
  const id = useId();
  const name = useGuide(s => s.story);
  const standing = useRun(s => s.choice !== null && s.status !== 'starting');
  const story = stories.find(s => s.name === name);
  if (!story) return null;
  return (
    <section className="story" aria-labelledby={id}>
      <header className="story-header">
        <h3 id={id}>
          <small>What to watch</small>
          {story.title}
        </h3>
        <button
          type="button"
          className="button button-icon story-close"
          aria-label="Close the story"
          onClick={() => tellStory(null)}
        >
          <X size="0.9375rem" aria-hidden />
        </button>
      </header>
      <ol>
        {storySteps[story.name].map(({ text, action }) => (
          <li key={text}>
            <p>
              <WithTerms text={text} />
            </p>
            {action ? (
              <button type="button" className="button" disabled={!standing} onClick={action.run}>
                {action.label}
              </button>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
