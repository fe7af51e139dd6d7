import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { dutyOf } from '../heatmap/duty.ts';
import { formatShare, formatValue } from '../network/describe.ts';
import { useFrames } from '../network/frames.ts';
import { NetworkMoment } from '../network/moment.ts';
import { useRenewal } from '../network/use-renewal.ts';
import { Panel } from '../shared/Panel.tsx';
import { live } from '../state/live.ts';
import { pin, useRun } from '../state/run.ts';
import type { ColumnDetail } from '../worker/protocol.ts';
import { ColumnCells } from './ColumnCells.tsx';
import { SymbolTuningPlot } from './SymbolTuningPlot.tsx';
import { TuningPlot } from './TuningPlot.tsx';

const renewalMilliseconds = 150;

/** What the pinned column is tuned to, how often it wins, what its cells do and what they listen to. */
export function PinnedColumn({ column }: { column: number }) {
  const config = useRun(s => s.applied.network);
  const amplitude = useRun(s => s.applied.signal.amplitude);
  const symbolic = useRun(s => s.applied.signal.wave === 'highOrder');
  const body = useRef<HTMLDivElement>(null);
  const [moment] = useState(() => new NetworkMoment());
  useFrames(body);
  useRenewal(renewalMilliseconds);
  const { frame, tensors, activity } = moment.update(config);
  const detail = frame?.column?.column === column ? frame.column : null;
  const rank = activity?.rank[column] ?? -1;
  const state =
    rank < 0
      ? 'not among the winners'
      : `winner, rank ${rank + 1} of ${config.winners}, ${activity?.bursting.has(column) ? 'bursting' : 'predicted'}`;
  return (
    <Panel
      title={`Column ${column}`}
      subtitle={activity ? state : 'reading …'}
      className="column"
      actions={
        <button
          type="button"
          className="button button-icon"
          aria-label={`Unpin column ${column}`}
          onClick={() => pin(null)}
        >
          <X size="1rem" />
        </button>
      }
    >
      <div ref={body} className="column-body">
        {detail && activity ? (
          <>
            <Tuning
              detail={detail}
              amplitude={amplitude}
              symbolic={symbolic}
              score={tensors.get('activity.score')?.[column]}
            />
            <Statistics detail={detail} config={config} />
            <ColumnCells detail={detail} config={config} tensors={tensors} activity={activity} />
          </>
        ) : null}
      </div>
    </Panel>
  );
}

function Tuning({
  detail,
  amplitude,
  symbolic,
  score,
}: {
  detail: ColumnDetail;
  amplitude: number;
  symbolic: boolean;
  score: number | undefined;
}) {
  if (!detail.tuning)
    return (
      <p className="column-note">With several input channels there is no single tuning curve to draw.</p>
    );
  return (
    <>
      <h3>
        Tuning: score {symbolic ? 'for each symbol' : 'over the input'}{' '}
        <output>{score === undefined ? '' : `now ${formatValue(score)}`}</output>
      </h3>
      {symbolic ? (
        <SymbolTuningPlot column={detail.column} tuning={detail.tuning} />
      ) : (
        <TuningPlot column={detail.column} tuning={detail.tuning} amplitude={amplitude} />
      )}
      <p className="column-key">
        <i className="column-key-wins" /> it would win here
        <i className="column-key-now" /> present input
      </p>
    </>
  );
}

function Statistics({ detail, config }: { detail: ColumnDetail; config: NetworkConfig }) {
  const fairShare = config.winners / config.columns;
  const duty = dutyOf(live.steps, config.columns)[detail.column]!;
  // The bar ends at four fair shares, or at the duty cycle itself where that is more.
  const end = Math.max(4 * fairShare, duty);
  return (
    <dl className="column-statistics">
      <div>
        <dt>Duty cycle</dt>
        <dd>
          <span className="column-duty" aria-hidden="true">
            <i style={{ width: `${(100 * duty) / end}%` }} />
            <b style={{ left: `${(100 * fairShare) / end}%` }} />
          </span>
          {formatShare(duty)} <small>fair share {formatShare(fairShare)}</small>
        </dd>
      </div>
      {config.homeostasis === 'boost' || config.conscience > 0 ? (
        <div>
          <dt>Slow mean</dt>
          <dd>
            {formatShare(detail.duty)} <small>for homeostasis</small>
          </dd>
        </div>
      ) : null}
      <div>
        <dt>Overlap</dt>
        <dd>
          mean {formatValue(detail.mean)} <small>± {formatValue(Math.sqrt(detail.variance))}</small>
        </dd>
      </div>
    </dl>
  );
}
