import { Tooltip } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { defaultPreset, type Preset } from '../../engine/model/presets.ts';
import { differingPaths } from '../../engine/model/settings.ts';
import { nearestPreset } from '../address/nearest-preset.ts';
import { Panel } from '../shared/Panel.tsx';
import { choosePreset, edit, pendingPaths, useRun } from '../state/run.ts';
import { changesBetween } from './edits.ts';
import { ParameterGroups } from './ParameterGroups.tsx';
import { PendingBar } from './PendingBar.tsx';
import { PresetChoice } from './PresetChoice.tsx';
import './settings.css';

/** Every setting of a run, and what of it waits for a restart. */
export function SettingsPanel() {
  const { applied, edited, starting } = useRun(
    useShallow(s => ({ applied: s.applied, edited: s.edited, starting: s.status === 'starting' })),
  );
  const [preset, setPreset] = useState(defaultPreset);
  /** Counts the times that all settings changed at once: rows forget the texts they refused then. */
  const [revision, setRevision] = useState(0);

  // A run that began elsewhere (a weights file, a link) may be another preset's.
  useEffect(() => {
    if (starting) return;
    const { applied: begun } = useRun.getState();
    const changes = (from: Preset) => differingPaths(begun, from.settings).length;
    const { preset: nearest } = nearestPreset(begun);
    setPreset(present => (changes(nearest) < changes(present) ? nearest : present));
  }, [starting]);

  const choose = (chosen: Preset) => {
    setPreset(chosen);
    setRevision(n => n + 1);
    choosePreset(chosen);
  };
  const revert = () => {
    for (const { path, value } of changesBetween(edited, preset.settings)) edit(path, value);
    setRevision(n => n + 1);
  };

  // Until the new network stands, what it is made from does not wait for a restart: it is being started.
  const pending = starting ? [] : pendingPaths({ applied, edited });
  return (
    <Tooltip.Provider>
      <Panel title="Settings" className="settings">
        <PresetChoice
          preset={preset}
          changedCount={differingPaths(edited, preset.settings).length}
          onChoose={choose}
          onRevert={revert}
        />
        <ParameterGroups
          key={revision}
          edited={edited}
          applied={applied}
          preset={preset.settings}
          pending={pending}
        />
        <PendingBar paths={pending} edited={edited} />
      </Panel>
    </Tooltip.Provider>
  );
}
