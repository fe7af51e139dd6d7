import { Panel } from '../shared/Panel.tsx';

export function ErrorChart() {
  return (
    <Panel title="Error against the floors">
      <div />
    </Panel>
  );
}
