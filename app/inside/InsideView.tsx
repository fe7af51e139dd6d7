import { CellsOverTime } from './CellsOverTime.tsx';
import { SdrOverlap } from './SdrOverlap.tsx';
import './inside.css';

/** One run from within, as it learns: what its cells, columns and weights do. */
export function InsideView() {
  return (
    <div className="inside">
      <CellsOverTime />
      <SdrOverlap />
    </div>
  );
}
