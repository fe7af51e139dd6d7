import { useRef, useState } from 'react';
import { cycleOf } from '../../engine/data/signal.ts';
import { formatCount } from '../charts/figures.ts';
import { PhaseHold } from '../charts/phase-hold.ts';
import { paintReadout } from '../charts/readout.ts';
import { Segmented } from '../charts/Segmented.tsx';
import { useSlowly } from '../charts/use-slowly.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { pointOf, zoom } from '../shared/zoom.ts';
import { live, newest } from '../state/live.ts';
import { pin, useRun } from '../state/run.ts';
import {
  cellAt,
  formatPhase,
  type HeatmapView,
  heatmapBox,
  heatmapSteps,
  paintHeatmap,
  paintPinned,
} from './heatmap-paint.ts';
import { RankLegend } from './RankLegend.tsx';
import { type HeatmapRows, RowOrder } from './row-order.ts';
import './heatmap.css';

type Sort = 'phase' | 'index';

interface Point {
  x: number;
  y: number;
}

/** Which columns won, step by step: what the network made of the signal as it went by. */
export function ColumnHeatmap() {
  const columns = useRun(s => s.applied.network.columns);
  const winnerCount = useRun(s => s.applied.network.winners);
  const period = useRun(s => cycleOf(s.applied.signal));
  const playing = useRun(s => s.status === 'playing');
  const empty = useRun(s => s.step === 0);
  const pinned = useRun(s => s.pinned);
  const [wanted, setSort] = useState<Sort>('phase');
  // What never comes round has no phase to prefer.
  const sort = Number.isFinite(period) ? wanted : 'index';
  const [pointer, setPointer] = useState<Point | null>(null);
  const hold = useRef(new PhaseHold());
  const order = useRef(new RowOrder());
  const shown = useRef<HeatmapView | null>(null);

  const canvas = useDrawing(
    drawing => {
      const { steps } = live;
      const byPhase = sort === 'phase';
      const box = heatmapBox(drawing.width, drawing.height, byPhase);
      const mostRows = Math.floor(box.height * zoom() * (globalThis.devicePixelRatio || 1));
      // Rows stay where they are while the last steps are gone through.
      const ordered = steps.end > newest.held ? newest : steps;
      const rows = order.current.rows(ordered, columns, byPhase ? period : null, mostRows, !playing);
      const view = { box, rows, last: Math.floor(hold.current.endAt(steps.end, period, playing)) };
      shown.current = view;
      paintHeatmap(drawing, view, steps);
      if (pinned !== null) paintPinned(drawing, view, pinned);
      const cell = pointer && cellAt(view, pointer);
      if (cell) paintReadout(drawing, drawing, pointer, readoutOf(cell.step, cell.columns, rows));
    },
    [columns, period, playing, sort, pinned, pointer, empty],
  );

  const pinAt = (point: Point) => {
    const cell = shown.current && cellAt(shown.current, point);
    if (!cell) return;
    const column = winnersAmong(cell.step, cell.columns)[0] ?? cell.columns[0];
    if (column !== undefined) pin(column === pinned ? null : column);
  };

  const summary = useSlowly(describe, 3000);
  return (
    <Panel
      className="plot-panel"
      title="Column activity"
      subtitle={sort === 'phase' ? 'Winners, by the phase they prefer' : 'Winners, by column'}
      actions={
        <>
          {Number.isFinite(period) ? (
            <Segmented
              label="Order of columns"
              value={sort}
              onChange={setSort}
              options={[
                { value: 'phase', label: 'phase', name: 'By preferred phase' },
                { value: 'index', label: 'index', name: 'By index' },
              ]}
            />
          ) : null}
          <ChartDownload
            chart="the heatmap of columns"
            name="activity"
            title={`Winners, by ${sort === 'phase' ? 'the phase they prefer' : 'column'}`}
            disabled={empty}
          />
        </>
      }
    >
      <div className="plot-area heatmap-area">
        <canvas
          ref={canvas}
          role="img"
          aria-label={summary}
          onPointerMove={event => setPointer(pointOf(event.nativeEvent))}
          onPointerLeave={() => setPointer(null)}
          onPointerUp={event => pinAt(pointOf(event.nativeEvent))}
        />
        {empty ? <p className="heatmap-empty">Columns light up here as they win.</p> : null}
      </div>
      <RankLegend count={winnerCount} />
    </Panel>
  );
}

/** Those of `columns` that won at a step, best score first. */
function winnersAmong(stepsDone: number, columns: readonly number[]): number[] {
  const { steps } = live;
  const step = stepsDone - 1;
  if (step < steps.first || step >= steps.end) return [];
  const slot = steps.at(step) * steps.winnerCount;
  return [...steps.winners.subarray(slot, slot + steps.winnerCount)].filter(c => columns.includes(c));
}

function readoutOf(step: number, columns: readonly number[], { phases }: HeatmapRows): string[] {
  const winner = winnersAmong(step, columns)[0];
  const column = winner ?? columns[0];
  if (column === undefined) return [`Step ${formatCount(step)}`];
  const name =
    winner !== undefined || columns.length === 1
      ? `Column ${column}`
      : `Columns ${columns.slice(0, 3).join(', ')}${columns.length > 3 ? '…' : ''}`;
  const lines = [name, `Step ${formatCount(step)}: ${winner === undefined ? 'did not win' : 'won'}`];
  if (phases) lines.push(`Prefers phase ${formatPhase(phases[column]!)}`);
  lines.push('Click to pin');
  return lines;
}

function describe(): string {
  const { first, end, winnerCount, winners, at } = live.steps;
  if (end === first) return 'Column activity: no steps yet.';
  const from = Math.max(first, end - heatmapSteps);
  const used = new Set<number>();
  for (let step = from; step < end; step++)
    for (let i = 0; i < winnerCount; i++) used.add(winners[at(step) * winnerCount + i]!);
  const { columns } = useRun.getState().applied.network;
  return (
    `Column activity over steps ${formatCount(from + 1)} to ${formatCount(end)}: ${used.size} of ` +
    `${formatCount(columns)} columns won, ${formatCount(winnerCount)} at each step.`
  );
}
