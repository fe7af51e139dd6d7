import { AnomalyTimeline } from './AnomalyTimeline.tsx';
import { CellsOverTime } from './CellsOverTime.tsx';
import { ColumnUse } from './ColumnUse.tsx';
import { DistalMap } from './DistalMap.tsx';
import { SdrOverlap } from './SdrOverlap.tsx';
import { TensorHistograms } from './TensorHistograms.tsx';
import { TuningMap } from './TuningMap.tsx';
import './inside.css';
import './inside-figures.css';
import './inside-legend.css';

/** One run from within, as it learns: what its cells, columns and weights do. */
export function InsideView() {
  return (
    <div className="inside">
      <CellsOverTime />
      <SdrOverlap />
      <TuningMap />
      <AnomalyTimeline />
      <ColumnUse />
      <DistalMap />
      <TensorHistograms />
    </div>
  );
}
