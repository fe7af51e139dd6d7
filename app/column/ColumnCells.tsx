import { useState } from 'react';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { type Activity, cellState } from '../network/activity.ts';
import { CellMark } from '../network/CellMark.tsx';
import { formatFine } from '../network/describe.ts';
import { cellStateInWords } from '../network/describe-unit.ts';
import type { ColumnDetail } from '../worker/protocol.ts';
import { DistalWeights } from './DistalWeights.tsx';

interface ColumnCellsProps {
  detail: ColumnDetail;
  config: NetworkConfig;
  tensors: ReadonlyMap<string, Float32Array>;
  activity: Activity;
}

/** The cells of a column with what they do now, and the strongest distal weights of the one that is chosen. */
export function ColumnCells({ detail, config, tensors, activity }: ColumnCellsProps) {
  const [asked, choose] = useState(0);
  const chosen = Math.min(asked, config.cellsPerColumn - 1);
  const first = detail.column * config.cellsPerColumn;
  const cells = detail.distal.map((_, m) => first + m);
  const active = tensors.get('state.active');
  const predictive = tensors.get('state.predictive');
  const previous = tensors.get('previous.predictive');
  return (
    <>
      <h3>Cells: active and predictive values now</h3>
      <div className="column-cells" role="radiogroup" aria-label="Cell whose distal weights are listed">
        {cells.map(cell => {
          const m = cell - first;
          const state = cellState(activity, detail.column, previous?.[cell] ?? 0);
          const expected = predictive?.[cell] ?? 0;
          const name = `Cell ${m}, ${cellStateInWords[state]}${expected > 0 ? ', predictive for the next step' : ''}`;
          return (
            <label key={cell} className="column-cell">
              <input
                type="radio"
                name="column-cell"
                checked={m === chosen}
                onChange={() => choose(m)}
                aria-label={name}
              />
              <span className="column-cell-head">
                <CellMark state={state} predictive={expected > 0} />
                {m}
              </span>
              <span>{formatFine(active?.[cell] ?? 0)}</span>
              <span className="column-cell-predictive">{formatFine(expected)}</span>
            </label>
          );
        })}
      </div>
      <h3>Strongest distal weights of cell {chosen}, from column·cell</h3>
      <DistalWeights weights={detail.distal[chosen] ?? []} config={config} active={active} />
    </>
  );
}
