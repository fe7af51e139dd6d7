import { lazy, Suspense } from 'react';
import { Panel } from '../shared/Panel.tsx';
import { useRun } from '../state/run.ts';
import './column.css';

const PinnedColumn = lazy(() => import('./PinnedColumn.tsx').then(m => ({ default: m.PinnedColumn })));

/** The pinned column, looked at closely; or how to pin one. */
export function ColumnInspector() {
  const pinned = useRun(s => s.pinned);
  if (pinned === null)
    return (
      <Panel title="Column" subtitle="Click one in the network to see its tuning." className="column">
        {null}
      </Panel>
    );
  return (
    <Suspense
      fallback={
        <Panel title={`Column ${pinned}`} subtitle="reading …" className="column">
          {null}
        </Panel>
      }
    >
      <PinnedColumn key={pinned} column={pinned} />
    </Suspense>
  );
}
