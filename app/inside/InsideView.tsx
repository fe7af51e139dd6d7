import { Panel } from '../shared/Panel.tsx';

export function InsideView() {
  return <Panel title="Inside">{null}</Panel>;
}
