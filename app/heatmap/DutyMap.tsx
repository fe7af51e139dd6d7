import { Panel } from '../shared/Panel.tsx';

export function DutyMap() {
  return (
    <Panel title="Duty cycles">
      <div />
    </Panel>
  );
}
