import { RotateCcw } from 'lucide-react';
import { useId } from 'react';
import { type Preset, presets } from '../../engine/model/presets.ts';
import { locale } from '../shared/locale.ts';

interface PresetChoiceProps {
  preset: Preset;
  /** How many settings are not the preset's. */
  changedCount: number;
  onChoose: (preset: Preset) => void;
  onRevert: () => void;
}

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
          const chosen = presets.find(p => p.name === event.target.value);
          if (chosen) onChoose(chosen);
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
      </select>
      <p id={`${id}-story`} className="preset-story">
        {preset.story} <span className="preset-cost">Choosing a preset starts a new run.</span>
      </p>
      {modified ? (
        <div className="preset-modified">
          <span>
            {counted.format(changedCount)} {changedCount === 1 ? 'setting differs' : 'settings differ'}
          </span>
          <button type="button" className="setting-button" onClick={onRevert}>
            <RotateCcw size={13} aria-hidden />
            Revert all
          </button>
        </div>
      ) : null}
    </div>
  );
}
