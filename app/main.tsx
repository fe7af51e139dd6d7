import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { keepForOffline } from './offline/offline.ts';
import './shared/theme.css';
import './shared/controls.css';
import './app.css';
import { startFirstRun } from './state/first-run.ts';

// Before React: the worker builds the network while the page builds itself.
startFirstRun();
keepForOffline();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
