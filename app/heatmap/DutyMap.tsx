import { type KeyboardEvent, useRef, useState } from 'react';
import { formatCount, formatRatio, formatShare } from '../charts/figures.ts';
import { paintReadout } from '../charts/readout.ts';
import { useSlowly } from '../charts/use-slowly.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { pointOf } from '../shared/zoom.ts';
import { live } from '../state/live.ts';
import { pin, useRun } from '../state/run.ts';
import { useShownSummary } from '../time/shown-summary.ts';
import { dutyOf, neighbour } from './duty.ts';
import { columnAt, type DutyGrid, dutyGridFor, paintDuty } from './duty-paint.ts';
import './heatmap.css';

/** How often each column wins: whether all take part, or a few do everything. */
export function DutyMap() {
  const columns = useRun(s => s.applied.network.columns);
  const winners = useRun(s => s.applied.network.winners);
  const empty = useRun(s => s.step === 0);
  const pinned = useRun(s => s.pinned);
  const inUse = useShownSummary(useSlowly(() => useRun.getState().summary, 500))?.columnsInUse ?? 0;
  const [hovered, setHovered] = useState<number | null>(null);
  const [cursor, setCursor] = useState(0);
  const [focused, setFocused] = useState(false);
  const grid = useRef<DutyGrid>({ across: 1, down: 1, cell: 1 });
  const fairShare = winners / columns;
  // The grid may have shrunk under the cursor.
  const current = Math.min(cursor, columns - 1);
  const active = hovered ?? (focused ? current : null);

  const canvas = useDrawing(
    drawing => {
      grid.current = dutyGridFor(columns, drawing.width, drawing.height);
      const duty = dutyOf(live.steps, columns);
      paintDuty(drawing, grid.current, duty, fairShare, { pinned, active });
      if (active === null) return;
      const { across, cell } = grid.current;
      const point = { x: ((active % across) + 1) * cell, y: (Math.floor(active / across) + 0.5) * cell };
      const share = duty[active]! / fairShare;
      const lines = [
        `Column ${active}`,
        `won ${formatShare(duty[active]!)} of steps`,
        share === 0 ? 'idle' : `${formatRatio(share)} × fair share`,
      ];
      paintReadout(drawing, drawing, point, lines);
    },
    [columns, fairShare, pinned, active, empty],
  );

  const toggle = (column: number) => pin(column === pinned ? null : column);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = neighbour(current, event.key, columns);
    // The focus may have come by pointer, without a cell of its own.
    setFocused(true);
    if (to !== null) setCursor(to);
    else if (event.key === 'Enter') toggle(current);
    else return;
    event.preventDefault();
  };
  const at = (event: React.PointerEvent) => columnAt(grid.current, columns, pointOf(event.nativeEvent));

  const summary = useSlowly(() => describe(columns, fairShare), 3000);
  return (
    <Panel
      className="plot-panel"
      title="Duty cycles"
      subtitle={
        empty ? (
          'How often each column wins'
        ) : (
          <>
            <strong className="duty-in-use">{formatCount(inUse)}</strong> of {formatCount(columns)} columns in
            use
          </>
        )
      }
      actions={<ChartDownload chart="the map of duty cycles" name="duty-map" disabled={empty} />}
    >
      <div className="plot-area duty-area">
        <canvas ref={canvas} role="img" aria-label={summary} />
        <div
          className="duty-cursor"
          role="slider"
          tabIndex={0}
          aria-label="Column of the duty map: arrow keys move, Enter pins"
          aria-valuemin={0}
          aria-valuemax={columns - 1}
          aria-valuenow={current}
          aria-valuetext={`Column ${current}${current === pinned ? ', pinned' : ''}`}
          onKeyDown={onKeyDown}
          onFocus={event => setFocused(event.target.matches(':focus-visible'))}
          onBlur={() => setFocused(false)}
          onPointerMove={event => setHovered(at(event))}
          onPointerLeave={() => setHovered(null)}
          onPointerUp={event => {
            const column = at(event);
            if (column === null) return;
            setCursor(column);
            toggle(column);
          }}
        />
      </div>
    </Panel>
  );
}

function describe(columns: number, fairShare: number): string {
  if (live.steps.end === live.steps.first) return 'Duty cycles: no steps yet.';
  const duty = dutyOf(live.steps, columns);
  const most = duty.reduce((best, value, column) => (value > duty[best]! ? column : best), 0);
  const above = duty.reduce((count, value) => count + (value > fairShare ? 1 : 0), 0);
  return (
    `Duty cycles: column ${most} wins most, at ${formatShare(duty[most]!)} of steps; ${above} of ` +
    `${formatCount(columns)} columns win more often than the fair share of ${formatShare(fairShare)}.`
  );
}
