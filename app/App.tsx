import { Tabs, Tooltip } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { GuideHost } from './guide/GuideHost.tsx';
import { Header } from './header/Header.tsx';
import { Notices } from './notices/Notices.tsx';
import { PartBoundary } from './shared/PartBoundary.tsx';
import { showView, useView, type ViewName } from './state/view.ts';
import { TimeBar } from './time/TimeBar.tsx';
import { Counters } from './transport/Counters.tsx';
import { Transport } from './transport/Transport.tsx';
import { TrainingView } from './views/TrainingView.tsx';

const views = {
  training: TrainingView,
  inside: lazy(() => import('./inside/InsideView.tsx').then(m => ({ default: m.InsideView }))),
  runs: lazy(() => import('./runs/RunsView.tsx').then(m => ({ default: m.RunsView }))),
  sweep: lazy(() => import('./sweep/SweepView.tsx').then(m => ({ default: m.SweepView }))),
};

/** The whole page: the run's controls, and one of its views. */
export function App() {
  const view = useView(s => s.view);
  const View = views[view];
  return (
    <Tooltip.Provider delayDuration={400}>
      <Tabs.Root className="app" value={view} onValueChange={name => showView(name as ViewName)}>
        <Header />
        <section className="bar" aria-label="Transport">
          <Transport />
          <Counters />
          <TimeBar />
        </section>
        <Notices />
        <main className="view">
          <Tabs.Content value={view} className="view" tabIndex={-1}>
            <PartBoundary key={view}>
              <Suspense fallback={<div className="view-place" />}>
                <View />
              </Suspense>
            </PartBoundary>
          </Tabs.Content>
        </main>
      </Tabs.Root>
      <GuideHost />
    </Tooltip.Provider>
  );
}
