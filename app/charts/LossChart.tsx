import { Slider } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { Explained } from '../guide/Explained.tsx';
import { Panel } from '../shared/Panel.tsx';
import { leftToScrolling } from '../shared/touched-track.ts';
import { formatCount, formatError, formatHundredths } from './figures.ts';
import { useHistory } from './use-slowly.ts';
import './plots.css';

const LossPlot = lazy(() => import('./LossPlot.tsx'));

/** What training minimises, over the whole run. */
export function LossChart() {
  const { points, width } = useHistory();
  const [smoothing, setSmoothing] = useState(0.6);
  const last = points.at(-1);
  return (
    <Panel
      className="plot-panel"
      title="Loss"
      subtitle="Mean squared error"
      actions={
        <>
          <div className="smoothing">
            <Explained
              name="smoothing"
              className="plot-ask"
              texts={[
                'Exponential: each point keeps this share of those before it. The faint line is without.',
              ]}
            />
            <Slider.Root
              className="smoothing-slider"
              min={0}
              max={0.98}
              step={0.02}
              value={[smoothing]}
              onPointerDown={leftToScrolling}
              onValueChange={([value]) => setSmoothing(value!)}
            >
              <Slider.Track className="smoothing-track">
                <Slider.Range className="smoothing-range" />
              </Slider.Track>
              <Slider.Thumb className="smoothing-thumb" aria-label="Exponential smoothing" />
            </Slider.Root>
            <output>{smoothing === 0 ? 'off' : formatHundredths(smoothing)}</output>
          </div>
          <ChartDownload chart="the loss chart" name="loss" disabled={!last} />
        </>
      }
    >
      <div className="plot-area loss-plot-area">
        {last ? (
          <div className="plot-frame">
            <Suspense fallback={null}>
              <LossPlot
                points={points}
                width={width}
                smoothing={smoothing}
                summary={`Mean squared error ${formatError(last.loss)} at step ${formatCount(last.step)}.`}
              />
            </Suspense>
          </div>
        ) : (
          <p className="plot-empty">The loss will be drawn here.</p>
        )}
      </div>
    </Panel>
  );
}
