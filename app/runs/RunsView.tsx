import { useEffect, useRef, useState } from 'react';
import { formatCount } from '../charts/figures.ts';
import { Panel } from '../shared/Panel.tsx';
import { goOnWith, useKept } from '../state/kept.ts';
import { dismiss, pause } from '../state/run.ts';
import { showView } from '../state/view.ts';
import type { RunRecord } from '../storage/record.ts';
import { bytesOf, mostBytes, mostRuns } from '../storage/run-store.ts';
import { formatBytes } from './bytes.ts';
import { CompareRuns } from './CompareRuns.tsx';
import { mostCompared } from './curves.ts';
import { RunRow } from './RunRow.tsx';
import { offerUndo } from './undo-delete.ts';
import { type Runs, store, useRuns } from './use-runs.ts';
import './runs.css';

/** The runs that this browser keeps: to go on with, to compare, to delete. */
export function RunsView() {
  const { kept, problem } = useRuns();
  const current = useKept(s => s.id);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [comparing, setComparing] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const compare = useRef<HTMLButtonElement>(null);
  const returned = useRef(false);

  useEffect(() => {
    if (comparing) returned.current = true;
    else if (returned.current) compare.current?.focus();
  }, [comparing]);

  if (problem !== null)
    return (
      <div className="runs">
        <Panel title="Runs">
          <p className="runs-empty">
            This browser keeps no runs for this page, as in some private windows or where site data are
            blocked. ({problem})
          </p>
        </Panel>
      </div>
    );
  if (!kept) return <div className="view-place" />;

  const { runs, unreadable, held } = kept;
  const chosen = runs.filter(run => selected.has(run.id));
  if (comparing && chosen.length >= 2)
    return (
      <div className="runs">
        <CompareRuns runs={chosen} onBack={() => setComparing(false)} />
      </div>
    );

  const attempt = (work: Promise<unknown>) => {
    setFailure(null);
    work.catch(error => setFailure(error instanceof Error ? error.message : String(error)));
  };
  const remove = (ids: readonly string[], what: string) =>
    attempt(
      store.remove(ids).then(taken => {
        offerUndo(what, taken);
        // It may have offered one of these.
        dismiss('go-on');
        setSelected(before => new Set([...before].filter(id => !ids.includes(id))));
      }),
    );
  const open = (run: RunRecord) => {
    if (run.id !== current) {
      pause();
      goOnWith(run.id);
      dismiss('go-on');
    }
    showView('training');
  };
  const openAt = (id: string) => (id === current ? 'here' : held.has(id) ? 'elsewhere' : 'no');
  const deletable = chosen.filter(run => openAt(run.id) === 'no').map(run => run.id);

  return (
    <div className="runs">
      <Panel
        className="runs-panel"
        title="Kept runs"
        subtitle={told(kept)}
        actions={
          runs.length > 0 ? (
            <>
              <button
                type="button"
                className="button"
                disabled={deletable.length === 0}
                onClick={() => remove(deletable, `${formatCount(deletable.length)} runs`)}
              >
                Delete selected
              </button>
              <button
                ref={compare}
                type="button"
                className="button button-primary"
                disabled={chosen.length < 2 || chosen.length > mostCompared}
                onClick={() => setComparing(true)}
              >
                Compare{chosen.length > 0 ? ` ${formatCount(chosen.length)}` : ''}
              </button>
            </>
          ) : null
        }
      >
        <div role="status">
          {failure ? <p className="runs-status">That was not done: {failure}</p> : null}
          {chosen.length > mostCompared ? (
            <p className="runs-status">At most {formatCount(mostCompared)} runs can be compared at a time.</p>
          ) : null}
        </div>
        {unreadable.length > 0 ? (
          <p className="runs-status runs-unreadable">
            <span>
              {formatCount(unreadable.length)} kept {unreadable.length === 1 ? 'run' : 'runs'} cannot be read:{' '}
              {[...new Set(unreadable.map(u => u.reason))].slice(0, 3).join('; ')}.
            </span>
            <button
              type="button"
              className="button"
              onClick={() =>
                remove(
                  unreadable.map(u => u.id),
                  'what could not be read',
                )
              }
            >
              Delete {unreadable.length === 1 ? 'it' : 'them'}
            </button>
          </p>
        ) : null}
        {runs.length === 0 ? (
          <p className="runs-empty">
            No run is kept yet. A run is kept by itself once it has trained for a few seconds, and can then be
            gone on with here, also after the page was closed.
          </p>
        ) : (
          <ul className="runs-list">
            {runs.map(run => (
              <RunRow
                key={run.id}
                run={run}
                open={openAt(run.id)}
                selected={selected.has(run.id)}
                onSelect={(id, on) =>
                  setSelected(before => {
                    const after = new Set(before);
                    if (on) after.add(id);
                    else after.delete(id);
                    return after;
                  })
                }
                onRename={(id, name) => attempt(store.change(id, { name }))}
                onPin={(id, pinned) => attempt(store.change(id, { pinned }))}
                onOpen={open}
                onDelete={id => remove([id], `“${run.name}”`)}
              />
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

function told({ runs }: Runs): string {
  const bytes = runs.reduce((sum, run) => sum + bytesOf(run), 0);
  return (
    `In this browser only: ${formatCount(runs.length)} of at most ${formatCount(mostRuns)}, ` +
    `${formatBytes(bytes)} of at most ${formatBytes(mostBytes)}. Beyond that, those left alone longest make room, unless pinned.` +
    (runs.length > 1 ? ' Select two or more to compare them.' : '')
  );
}
