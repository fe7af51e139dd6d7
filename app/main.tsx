import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { keepForOffline } from './offline/offline.ts';
import './shared/theme.css';
import './shared/controls.css';
import './shared/slider.css';
import './app.css';
import { embedded } from './state/embedded.ts';
import { startFirstRun } from './state/first-run.ts';

// Before React: the worker builds the network while the page builds itself.
startFirstRun();
// Another site's page is not the place to settle down in.
if (!embedded) keepForOffline();

const EmbedPage = lazy(() => import('./embed/EmbedPage.tsx').then(m => ({ default: m.EmbedPage })));

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    {embedded ? (
      <Suspense>
        <EmbedPage part={embedded} />
      </Suspense>
    ) : (
      <App />
    )}
  </StrictMode>,
);
