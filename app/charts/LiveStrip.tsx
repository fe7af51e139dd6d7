import { Panel } from '../shared/Panel.tsx';

export function LiveStrip() {
  return (
    <Panel title="Predicted against actual">
      <div />
    </Panel>
  );
}
