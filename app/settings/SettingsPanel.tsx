import { Panel } from '../shared/Panel.tsx';

/** Every setting of a run, with what waits for a restart. */
export function SettingsPanel() {
  return <Panel title="Settings">{null}</Panel>;
}
