import type { CellState } from './activity.ts';

/** A cell as the network view draws it. */
export function CellMark({ state, predictive }: { state: CellState; predictive: boolean }) {
  return (
    <svg className="cell-mark" viewBox="0 0 16 16" width="1rem" height="1rem" aria-hidden="true">
      {state === 'correct' ? <circle className="cell-mark-correct" cx="8" cy="8" r="4.5" /> : null}
      {state === 'burst' ? <path className="cell-mark-burst" d="M8 2 14 8 8 14 2 8Z" /> : null}
      {state === 'idle' || state === 'missed' ? (
        <rect className="cell-mark-idle" x="6" y="6" width="4" height="4" />
      ) : null}
      {predictive ? <circle className="cell-mark-predictive" cx="8" cy="8" r="6" /> : null}
    </svg>
  );
}
