import { ambiguousWindow } from '../../engine/measure/symbol-accuracy.ts';
import { useRun } from '../state/run.ts';
import { formatAccuracy } from './figures.ts';
import { useSlowly } from './use-slowly.ts';
import './accuracy.css';

/** How many symbols were predicted right: where only memory can, and wherever anything can. */
export function AccuracyFigures() {
  const accuracy = useSlowly(() => useRun.getState().summary?.accuracy, 400);
  return (
    <dl className="accuracy">
      <div className="accuracy-main" title={`Of the last ${ambiguousWindow} symbols that followed C`}>
        <dt>Right on D or Y</dt>
        <dd>{formatAccuracy(accuracy?.ambiguous)}</dd>
        <dd className="accuracy-note">without memory: 50%</dd>
      </div>
      <div title="Of the last 750 symbols but A and X, which are a coin’s toss">
        <dt>Right on B, C, D or Y</dt>
        <dd>{formatAccuracy(accuracy?.predictable)}</dd>
      </div>
    </dl>
  );
}
