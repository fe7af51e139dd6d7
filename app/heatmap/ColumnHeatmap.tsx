import { Panel } from '../shared/Panel.tsx';

export function ColumnHeatmap() {
  return (
    <Panel title="Column activity">
      <div />
    </Panel>
  );
}
