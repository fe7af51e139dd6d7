import { Tooltip } from 'radix-ui';
import { ErrorChart } from './charts/ErrorChart.tsx';
import { LiveStrip } from './charts/LiveStrip.tsx';
import { LossChart } from './charts/LossChart.tsx';
import { ColumnInspector } from './column/ColumnInspector.tsx';
import { Header } from './header/Header.tsx';
import { ColumnHeatmap } from './heatmap/ColumnHeatmap.tsx';
import { DutyMap } from './heatmap/DutyMap.tsx';
import { NetworkView } from './network/NetworkView.tsx';
import { Notices } from './notices/Notices.tsx';
import { SettingsPanel } from './settings/SettingsPanel.tsx';
import { useMedia } from './shared/use-media.ts';
import { Snapshots } from './snapshots/Snapshots.tsx';
import { Counters } from './transport/Counters.tsx';
import { Transport } from './transport/Transport.tsx';

/** The whole page. In the document everything stands in the order of reading, which is how a narrow page shows it. */
export function App() {
  const narrow = useMedia('(max-width: 900px)');
  return (
    <Tooltip.Provider delayDuration={400}>
      <div className="app">
        <Header />
        <section className="bar" aria-label="Transport">
          <Transport />
          <Counters />
        </section>
        <Notices />
        <main className="main">
          <div className="main-center">
            <NetworkView />
            {narrow ? <ColumnInspector /> : null}
            <LiveStrip />
            <Snapshots />
          </div>
          <div className="main-side">
            {narrow ? null : <ColumnInspector />}
            <ErrorChart />
            <LossChart />
            <ColumnHeatmap />
            <DutyMap />
          </div>
          <div className="main-settings">
            <SettingsPanel />
          </div>
        </main>
      </div>
    </Tooltip.Provider>
  );
}
