import type { NetworkConfig, Settings } from '../../engine/model/config.ts';
import { parameterAt } from '../../engine/model/parameters.ts';
import { elementCount, savedTensors } from '../../engine/model/tensors.ts';
import { locale } from '../shared/locale.ts';
import { applyPending, discardPending } from '../state/run.ts';

interface PendingBarProps {
  paths: readonly string[];
  edited: Settings;
}

const heavyBytes = 200e6;
const gigabytes = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** Bytes of everything that a network remembers, in float32. */
const networkBytes = (config: NetworkConfig): number =>
  4 * savedTensors(config).reduce((sum, { shape }) => sum + elementCount(shape), 0);

/** What waits for a restart, and the two ways to be done with it. */
export function PendingBar({ paths, edited }: PendingBarProps) {
  const labels = paths.map(path => parameterAt(path)?.label ?? path).join(', ');
  const count = paths.length;
  const bytes = networkBytes(edited.network);
  return (
    // Always there, so that a screen reader hears when something comes to wait.
    <div className="pending" role="status" data-empty={count === 0 || undefined}>
      {count > 0 ? (
        <>
          <p className="pending-text">
            <strong>{count === 1 ? '1 change waits' : `${count} changes wait`} for a restart:</strong>{' '}
            {labels}
          </p>
          {bytes > heavyBytes ? (
            <p className="pending-text">
              This network needs {gigabytes.format(bytes / 1e9)} GB: it will start and run slowly, if it fits.
            </p>
          ) : null}
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
