import { ExternalLink, Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import { type ComponentType, lazy, Suspense } from 'react';
import { formatCount, formatRatio } from '../charts/figures.ts';
import { LiveStrip } from '../charts/LiveStrip.tsx';
import { NetworkView } from '../network/NetworkView.tsx';
import { Notices } from '../notices/Notices.tsx';
import { linkToRun } from '../state/address-bar.ts';
import type { EmbedPart } from '../state/embedded.ts';
import { reset, stepOnce, togglePlay, useRun } from '../state/run.ts';
import { useTransportKeys } from '../transport/keys.ts';
import './embed.css';
import { useRestOutOfSight } from './use-rest-out-of-sight.ts';

const parts: Record<EmbedPart, ComponentType> = {
  network: NetworkView,
  strip: LiveStrip,
  error: lazy(() => import('../charts/ErrorChart.tsx').then(m => ({ default: m.ErrorChart }))),
};

/** One part of the page, for a frame in another: it trains when asked to, rests out of sight, and keeps nothing. */
export function EmbedPage({ part }: { part: EmbedPart }) {
  useTransportKeys();
  useRestOutOfSight();
  const Part = parts[part];
  return (
    <Tooltip.Provider delayDuration={400}>
      <div className="embed" data-part={part}>
        <Bar />
        <Notices />
        <main className="embed-part">
          <Suspense>
            <Part />
          </Suspense>
        </main>
      </div>
    </Tooltip.Provider>
  );
}

function Bar() {
  const status = useRun(s => s.status);
  const step = useRun(s => s.step);
  const ratio = useRun(s => s.summary?.ratio);
  // The link is that of the present settings.
  useRun(s => s.applied);
  const playing = status === 'playing';
  return (
    <header className="embed-bar">
      <h1 className="visually-hidden">DeepHTM Playground</h1>
      <button
        type="button"
        className="button button-primary"
        disabled={!playing && status !== 'paused'}
        onClick={togglePlay}
      >
        {playing ? <Pause size="1rem" aria-hidden /> : <Play size="1rem" aria-hidden />}
        {playing ? 'Pause' : 'Play'}
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label="Step"
        disabled={!playing && status !== 'paused'}
        onClick={stepOnce}
      >
        <StepForward size="0.9375rem" aria-hidden />
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label="Reset"
        disabled={status === 'starting'}
        onClick={reset}
      >
        <RotateCcw size="0.9375rem" aria-hidden />
      </button>
      <dl className="embed-figures">
        <div>
          <dt>Step</dt>
          <dd>{formatCount(step)}</dd>
        </div>
        <div title="Error of the prediction over that of repeating the last value">
          <dt>Error ratio</dt>
          <dd>{typeof ratio === 'number' && step > 0 ? formatRatio(ratio) : '–'}</dd>
        </div>
      </dl>
      <a className="embed-link" href={linkToRun()} target="_blank" rel="noopener">
        <span>Open in the playground</span>
        <ExternalLink size="0.9375rem" aria-hidden />
      </a>
    </header>
  );
}
