import { Panel } from '../shared/Panel.tsx';

export function ColumnInspector() {
  return <Panel title="Column">{null}</Panel>;
}
