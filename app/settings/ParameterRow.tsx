import { Undo2 } from 'lucide-react';
import { useId, useState } from 'react';
import { ConfigError } from '../../engine/errors.ts';
import type { Settings } from '../../engine/model/config.ts';
import { type Parameter, parseSettingText } from '../../engine/model/parameters.ts';
import { type SettingValue, settingAt } from '../../engine/model/settings.ts';
import { originInWords } from '../data/origin-in-words.ts';
import { chooseOwnData } from '../data/own-data-state.ts';
import { edit, useRun } from '../state/run.ts';
import { Explanation } from './Explanation.tsx';
import { fieldText, plainText, refusalOf, valueLabel, valueText } from './edits.ts';
import { ParameterSlider } from './ParameterSlider.tsx';
import { idleReason } from './relevance.ts';
import { ValueField } from './ValueField.tsx';
import './parameter-row.css';

interface ParameterRowProps {
  parameter: Parameter;
  edited: Settings;
  applied: Settings;
  /** What "changed" is measured against. */
  preset: Settings;
  pending: boolean;
}

/** One setting: its words, its control, and how it stands to the preset and to the running network. */
export function ParameterRow({ parameter, edited, applied, preset, pending }: ParameterRowProps) {
  const { path, label, effect } = parameter;
  const id = useId();
  const value = settingAt(edited, path);
  const home = settingAt(preset, path);
  const [refusedText, setRefused] = useState<{ text: string; at: SettingValue } | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  // A refused text is about the value that it would have replaced.
  const refused = refusedText && valueText(refusedText.at) === valueText(value) ? refusedText.text : null;

  const submit = (text: string, typed = text) => {
    try {
      edit(path, parseSettingText(path, text));
      setRefused(null);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      setRefused({ text: typed, at: value });
    }
  };
  const slide = (next: number) => {
    setDragged(next);
    if (effect === 'live') submit(valueText(next));
  };
  const release = (next: number) => {
    setDragged(null);
    submit(valueText(next));
  };

  const refusal = refused === null ? null : refusalOf(edited, path, plainText(path, refused));
  const message = refused === null ? null : (refusal ?? 'It fits now: press Enter to set it.');
  const messageId = `${id}-message`;
  const changed = valueText(value) !== valueText(home);
  const idle = idleReason(edited, path);
  const shown = dragged ?? value;
  const unit = parameter.kind === 'choice' ? '' : parameter.unit;
  const data = useRun(s => s.data);

  return (
    <div
      className="setting"
      data-kind={parameter.kind}
      data-path={path}
      data-pending={pending || undefined}
      data-idle={idle !== null || undefined}
    >
      <div className="setting-name">
        <span className="setting-words">
          <label htmlFor={id}>{label}</label>
          {unit ? <span className="setting-unit"> {unit}</span> : null}
        </span>
        <Explanation parameter={parameter} idle={idle !== null} />
        {changed ? (
          <button
            type="button"
            className="setting-icon-button setting-revert"
            aria-label={`Set ${label} back to the preset’s ${valueLabel(path, home)}`}
            title={`Preset: ${valueLabel(path, home)}`}
            onClick={() => submit(valueText(home))}
          >
            <Undo2 size="0.8125rem" aria-hidden />
          </button>
        ) : null}
      </div>
      {parameter.kind === 'choice' ? (
        <select
          id={id}
          className="setting-select"
          value={valueText(value)}
          aria-invalid={refusal !== null}
          aria-describedby={message ? messageId : undefined}
          onChange={event => {
            // Data have to be loaded first, and then a run begins by itself.
            if (path === 'signal.wave' && event.target.value === 'data') chooseOwnData();
            else submit(event.target.value);
          }}
        >
          {parameter.options.map(option => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <ValueField
          id={id}
          text={dragged === null ? (refused ?? fieldText(value)) : fieldText(dragged)}
          decimal={parameter.kind === 'number'}
          invalid={refusal !== null}
          messageId={message ? messageId : undefined}
          onSubmit={text => submit(plainText(path, text), text)}
          onCancel={() => setRefused(null)}
        />
      )}
      {parameter.kind === 'number' ? (
        <ParameterSlider
          parameter={parameter}
          value={shown as number}
          home={home as number}
          onSlide={slide}
          onRelease={release}
        />
      ) : null}
      <span className="setting-effect" data-effect={pending ? 'pending' : effect}>
        {pending ? 'waiting' : effect}
      </span>
      {message ? (
        <p id={messageId} className="setting-message" data-tone={refusal ? 'error' : 'info'} role="alert">
          {message}
        </p>
      ) : null}
      {pending ? (
        <p className="setting-note">
          Runs with {valueLabel(path, settingAt(applied, path))} until the restart.
        </p>
      ) : null}
      {value === 'data' ? (
        <p className="setting-note">
          {data ? <span className="setting-origin">{originInWords(data)}</span> : null}
          <button type="button" className="button" onClick={() => chooseOwnData()}>
            Load another file…
          </button>
        </p>
      ) : null}
      {idle ? <p className="setting-note">{idle}</p> : null}
    </div>
  );
}
