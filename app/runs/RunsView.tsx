import { Panel } from '../shared/Panel.tsx';

export function RunsView() {
  return <Panel title="Runs">{null}</Panel>;
}
