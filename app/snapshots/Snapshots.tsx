import { Panel } from '../shared/Panel.tsx';

export function Snapshots() {
  return (
    <Panel title="Snapshots">
      <div />
    </Panel>
  );
}
