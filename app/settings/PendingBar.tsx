import { parameterAt } from '../../engine/model/parameters.ts';
import { applyPending, discardPending } from '../state/run.ts';

interface PendingBarProps {
  paths: readonly string[];
}

/** What waits for a restart, and the two ways to be done with it. */
export function PendingBar({ paths }: PendingBarProps) {
  const labels = paths.map(path => parameterAt(path)?.label ?? path).join(', ');
  const count = paths.length;
  return (
    // Always there, so that a screen reader hears when something comes to wait.
    <div className="pending" role="status" data-empty={count === 0 || undefined}>
      {count > 0 ? (
        <>
          <p className="pending-text">
            <strong>{count === 1 ? '1 change waits' : `${count} changes wait`} for a restart:</strong>{' '}
            {labels}
          </p>
          <div className="pending-actions">
            <button type="button" className="setting-button setting-button-main" onClick={applyPending}>
              Apply and restart
            </button>
            <button type="button" className="setting-button" onClick={discardPending}>
              Discard
            </button>
          </div>
        </>
      ) : null}
    </div>
  );
}
