import { Panel } from '../shared/Panel.tsx';

export function LossChart() {
  return (
    <Panel title="Loss">
      <div />
    </Panel>
  );
}
