import { useMemo, useRef, useState } from 'react';
import { formatCount, formatError, formatShare } from '../charts/figures.ts';
import { Segmented } from '../charts/Segmented.tsx';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { useDrawing } from '../shared/canvas.ts';
import { locale } from '../shared/locale.ts';
import { Panel } from '../shared/Panel.tsx';
import { useRun } from '../state/run.ts';
import type { TensorSpread } from '../worker/inspection-views.ts';
import { paintHistogram } from './histogram-paint.ts';
import { useInspection } from './inspected.ts';
import { OfNow } from './OfNow.tsx';
import './histograms.css';

const milliseconds = 2000;
/** 1.6M: large sizes need not be exact. */
const compact = new Intl.NumberFormat([...locale], { notation: 'compact', maximumFractionDigits: 1 });

/** How the values of every learned tensor are spread, and how they have moved since the start. */
export function TensorHistograms() {
  const [of, setOf] = useState<'weights' | 'gradients'>('weights');
  const empty = useRun(s => s.step === 0);
  const area = useRef<HTMLDivElement>(null);
  const resting = useRun(s => s.status === 'paused');
  const view = useMemo(() => ({ kind: 'histograms', of, resting }) as const, [of, resting]);
  const answer = useInspection(area, 'histograms', view, milliseconds);
  const shown = answer?.of === of ? answer : null;
  return (
    <Panel
      className="inside-panel inside-histograms"
      title={of === 'weights' ? 'Weights' : 'Gradients of the last step'}
      subtitle={
        of === 'weights'
          ? 'How the values of each learned tensor are spread, counts on a logarithmic scale; the line is how they were drawn at the start. Tails that grow are what was learned; tails that run away announce a divergence.'
          : 'How far each value would have the loss fall, counts on a logarithmic scale. Most are zero: only winners and active cells learn in a step.'
      }
      actions={
        <>
          <OfNow step={shown?.step} />
          <Segmented
            label="Values shown"
            value={of}
            onChange={setOf}
            options={[
              { value: 'weights', label: 'weights' },
              { value: 'gradients', label: 'gradients' },
            ]}
          />
          <ChartDownload chart={`the histograms of ${of}`} name={`histograms-of-${of}`} disabled={!shown} />
        </>
      }
    >
      <div ref={area} className="histograms" data-picture>
        {shown?.tensors.map(spread => (
          <TensorHistogram key={spread.name} spread={spread} />
        ))}
        {shown && shown.tensors.length > 0 ? null : (
          <p className="inside-note">
            {empty && of === 'gradients'
              ? 'There is no gradient before the first step.'
              : shown
                ? 'The gradients of this step were not kept with its snapshot.'
                : 'Reading …'}
          </p>
        )}
      </div>
      {shown && shown.leftOut.length > 0 ? (
        <p className="inside-note">
          Too large to be read{resting ? '' : ' while it trains'}: {shown.leftOut.join(', ')}.
        </p>
      ) : null}
    </Panel>
  );
}

function TensorHistogram({ spread }: { spread: TensorSpread }) {
  const { name, histogram } = spread;
  const { mean, deviation, zeros, size, reach, unreal } = histogram;
  const canvas = useDrawing(drawing => paintHistogram(drawing, spread), [spread], 'still');
  const tail = histogram.counts.reduce((n, count) => n + (count > 0 ? 1 : 0), 0) / histogram.counts.length;
  const summary = `Histogram of ${name}, from −${formatError(reach)} to ${formatError(reach)}: ${formatShare(tail)} of its bins hold values.`;
  return (
    <figure className="histogram">
      <figcaption>
        <strong>{name}</strong> <span>{compact.format(size)}</span>
      </figcaption>
      <canvas ref={canvas} role="img" aria-label={summary} />
      <dl>
        <div>
          <dt>mean</dt>
          <dd>{formatError(mean).replace('-', '−')}</dd>
        </div>
        <div>
          <dt>deviation</dt>
          <dd>{formatError(deviation)}</dd>
        </div>
        <div>
          <dt>largest</dt>
          <dd>{formatError(reach)}</dd>
        </div>
        <div>
          <dt>zeros</dt>
          <dd>{formatShare(zeros / size)}</dd>
        </div>
        {unreal > 0 ? (
          <div className="histogram-unreal">
            <dt>not numbers</dt>
            <dd>{formatCount(unreal)}</dd>
          </div>
        ) : null}
      </dl>
    </figure>
  );
}
