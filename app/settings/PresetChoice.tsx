import { RotateCcw } from 'lucide-react';
import { useId } from 'react';
import { type Preset, presets } from '../../engine/model/presets.ts';
import { StoryPlace } from '../guide/GuideHost.tsx';
import { tellStory } from '../guide/guide-state.ts';
import { stories } from '../guide/story-titles.ts';
import { WithTerms } from '../guide/WithTerms.tsx';
import { locale } from '../shared/locale.ts';
import { pause } from '../state/run.ts';
import { presetStories } from './preset-stories.ts';

interface PresetChoiceProps {
  preset: Preset;
  /** How many settings are not the preset's. */
  changedCount: number;
  onChoose: (preset: Preset) => void;
  onRevert: () => void;
}

/** Tells a story from the preset that it begins with, in the list of both. */
const storyMark = 'story ';

const counted = new Intl.NumberFormat(locale);

/** The list of presets: the one control here that starts a new run by being used. */
export function PresetChoice({ preset, changedCount, onChoose, onRevert }: PresetChoiceProps) {
  const id = useId();
  const modified = changedCount > 0;
  return (
    <div className="preset">
      <label className="preset-label" htmlFor={id}>
        Preset
      </label>
      <select
        id={id}
        className="setting-select preset-select"
        aria-describedby={`${id}-story`}
        value={modified ? '' : preset.name}
        onChange={event => {
          const { value } = event.target;
          const story = stories.find(
            s => s.name === value.slice(storyMark.length) && value.startsWith(storyMark),
          );
          const chosen = presets.find(p => p.name === (story?.preset ?? value));
          if (chosen) onChoose(chosen);
          // A story begins at its beginning, when asked to.
          if (story) pause();
          tellStory(story?.name ?? null);
        }}
      >
        {/* A choice of its own, so that the preset it came from can be chosen again. */}
        {modified ? (
          <option value="" disabled>
            {preset.label}, modified
          </option>
        ) : null}
        {presets.map(p => (
          <option key={p.name} value={p.name}>
            {p.label}
          </option>
        ))}
        <optgroup label="Stories: what to watch">
          {stories.map(({ name, title }) => (
            <option key={name} value={storyMark + name}>
              {title}
            </option>
          ))}
        </optgroup>
      </select>
      <p id={`${id}-story`} className="preset-story">
        <WithTerms text={presetStories[preset.name]!} />{' '}
        <span className="preset-cost">Choosing a preset starts a new run.</span>
      </p>
      {modified ? (
        <div className="preset-modified">
          <span>
            {counted.format(changedCount)} {changedCount === 1 ? 'setting differs' : 'settings differ'}
          </span>
          <button type="button" className="setting-button" onClick={onRevert}>
            <RotateCcw size="0.8125rem" aria-hidden />
            Revert all
          </button>
        </div>
      ) : null}
      <StoryPlace />
    </div>
  );
}
