import { lazy, Suspense } from 'react';
import { LiveStrip } from '../charts/LiveStrip.tsx';
import { UsageChart } from '../charts/UsageChart.tsx';
import { ColumnInspector } from '../column/ColumnInspector.tsx';
import { ColumnHeatmap } from '../heatmap/ColumnHeatmap.tsx';
import { DutyMap } from '../heatmap/DutyMap.tsx';
import { NetworkView } from '../network/NetworkView.tsx';
import { SettingsPanel } from '../settings/SettingsPanel.tsx';
import { useMedia } from '../shared/use-media.ts';

// The charts' library is most of the page's code, and nothing has to be plotted in the first moment.
const ErrorChart = lazy(() => import('../charts/ErrorChart.tsx').then(m => ({ default: m.ErrorChart })));
const LossChart = lazy(() => import('../charts/LossChart.tsx').then(m => ({ default: m.LossChart })));
const Snapshots = lazy(() => import('../snapshots/Snapshots.tsx').then(m => ({ default: m.Snapshots })));

/** One run as it learns. In the document everything stands in the order of reading, which is how a narrow page shows it. */
export function TrainingView() {
  const narrow = useMedia('(max-width: 56.25em)');
  return (
    <div className="main">
      <div className="main-center">
        <NetworkView />
        {narrow ? <ColumnInspector /> : null}
        <LiveStrip />
        <Suspense fallback={<div className="panel chart-place chart-place-wide" />}>
          <Snapshots />
        </Suspense>
      </div>
      <div className="main-side">
        {narrow ? null : <ColumnInspector />}
        <Suspense fallback={<div className="panel chart-place" />}>
          <ErrorChart />
        </Suspense>
        <Suspense fallback={<div className="panel chart-place" />}>
          <LossChart />
        </Suspense>
        <UsageChart />
        <ColumnHeatmap />
        <DutyMap />
      </div>
      <div className="main-settings">
        <SettingsPanel />
      </div>
    </div>
  );
}
