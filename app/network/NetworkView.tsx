import { Panel } from '../shared/Panel.tsx';

export function NetworkView() {
  return <Panel title="Network">{null}</Panel>;
}
