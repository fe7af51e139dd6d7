import type { NetworkConfig } from '../../engine/model/config.ts';
import { formatFine } from '../network/describe.ts';
import { highlight } from '../network/highlight.ts';
import { pin } from '../state/run.ts';
import type { ColumnDetail } from '../worker/protocol.ts';

interface DistalWeightsProps {
  weights: ColumnDetail['distal'][number];
  config: NetworkConfig;
  /** `state.active`, to mark the sources that are active now. */
  active: Float32Array | undefined;
}

/** A cell's strongest distal weights: bars to the right excite, to the left inhibit. */
export function DistalWeights({ weights, config, active }: DistalWeightsProps) {
  const strongest = Math.abs(weights[0]?.weight ?? 0) || 1;
  if (weights.length === 0) return <p className="column-note">It has no distal weights.</p>;
  return (
    <ul className="distal">
      {weights.map(({ from, weight }) => {
        const column = Math.floor(from / config.cellsPerColumn);
        const cell = from % config.cellsPerColumn;
        const now = (active?.[from] ?? 0) !== 0;
        const point = () => highlight({ kind: 'memory', column, cell }, 'inspector');
        const unpoint = () => highlight(null, 'inspector');
        return (
          <li key={from}>
            <button
              type="button"
              className="distal-source"
              data-now={now}
              onPointerEnter={point}
              onPointerLeave={unpoint}
              onFocus={point}
              onBlur={unpoint}
              onClick={() => pin(column)}
            >
              <span className="distal-name" aria-hidden="true">
                {column}
                <small>·{cell}</small>
              </span>
              <span className="distal-bar" aria-hidden="true">
                <i
                  data-sign={weight < 0 ? 'negative' : 'positive'}
                  style={{ width: `${(50 * Math.abs(weight)) / strongest}%` }}
                />
              </span>
              <span className="distal-value">{formatFine(weight)}</span>
              <span className="visually-hidden">
                from cell {cell} of column {column}
                {now ? ', active now' : ''}. Pins column {column}.
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
