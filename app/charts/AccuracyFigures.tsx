import { ambiguousWindow } from '../../engine/measure/symbol-accuracy.ts';
import { Explained } from '../guide/Explained.tsx';
import { useRun } from '../state/run.ts';
import { useShownSummary } from '../time/shown-summary.ts';
import { formatAccuracy } from './figures.ts';
import { useSlowly } from './use-slowly.ts';
import './accuracy.css';

/** How many symbols were predicted right: where only memory can, and wherever anything can. */
export function AccuracyFigures() {
  const accuracy = useShownSummary(useSlowly(() => useRun.getState().summary, 400))?.accuracy;
  return (
    <dl className="accuracy">
      <div className="accuracy-main">
        <dt>
          <Explained
            name="Right on D or Y"
            className="plot-ask"
            texts={[
              `Of the last ${ambiguousWindow} symbols that followed C: only what came before tells which.`,
            ]}
          />
        </dt>
        <dd>{formatAccuracy(accuracy?.ambiguous)}</dd>
        <dd className="accuracy-note">without memory: 50%</dd>
      </div>
      <div>
        <dt>
          <Explained
            name="Right on B, C, D or Y"
            className="plot-ask"
            texts={['Of the last 750 symbols but A and X, which are a coin’s toss.']}
          />
        </dt>
        <dd>{formatAccuracy(accuracy?.predictable)}</dd>
      </div>
    </dl>
  );
}
