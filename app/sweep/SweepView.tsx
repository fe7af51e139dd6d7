import { Panel } from '../shared/Panel.tsx';

export function SweepView() {
  return <Panel title="Sweep">{null}</Panel>;
}
