import { useRef, useState } from 'react';
import { cycleOf } from '../../engine/data/signal.ts';
import { formatCount, formatShare } from '../charts/figures.ts';
import { PhaseHold } from '../charts/phase-hold.ts';
import { paintReadout } from '../charts/readout.ts';
import { Segmented } from '../charts/Segmented.tsx';
import { useSlowly } from '../charts/use-slowly.ts';
import { stepTicks } from '../charts/wave-plot.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { CellMark } from '../network/CellMark.tsx';
import { formatFine } from '../network/describe.ts';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { pin, useRun } from '../state/run.ts';
import { statesKept } from '../time/reach.ts';
import type { CellSteps } from './cell-steps.ts';
import {
  type CellsView,
  cellsFrame,
  paintCells,
  paintSignal,
  paintSpot,
  type Spot,
  spotAt,
} from './cells-paint.ts';
import { IndexField } from './IndexField.tsx';
import { cellSteps, farMilestone, isAnswered, useCells } from './inspected.ts';
import { useInspectedColumn } from './inspected-column.ts';
import { PlotCursor } from './PlotCursor.tsx';
import { useShownStep } from './shown-step.ts';

const spans = ['50', '100', '200'];

/** What each cell of one column did over the last steps: what it expected, and what then came. */
export function CellsOverTime() {
  const config = useRun(s => s.applied.network);
  const signal = useRun(s => s.applied.signal);
  const playing = useRun(s => s.status === 'playing');
  const column = useInspectedColumn();
  const [span, setSpan] = useState('100');
  const [spot, setSpot] = useState<{ back: number; cell: number } | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const hold = useRef(new PhaseHold());
  const shown = useRef<CellsView | null>(null);
  const shownStep = useShownStep();
  useCells(area);
  const steps = cellSteps(config);
  const newest = steps.shown(shownStep, playing);
  const wanted = Math.floor(hold.current.endAt(newest + 1, cycleOf(signal), playing));
  const last = steps.has(wanted - 1) ? wanted : newest + 1;
  const current: Spot | null = spot && { step: last - spot.back, cell: spot.cell };

  const canvas = useDrawing(
    drawing => {
      const width = Number(span);
      const frame = cellsFrame(drawing.width, drawing.height, Math.max(last, width), width);
      const view = { frame, steps, column };
      shown.current = view;
      paintCells(drawing, view, stepTicks(frame, hold.current.holding));
      paintSignal(drawing, view, signal.amplitude, signal.wave === 'highOrder');
      if (!current || !steps.has(current.step - 1)) return;
      const at = paintSpot(drawing, view, current);
      paintReadout(drawing, drawing, at, readoutOf(steps, column, current));
    },
    [steps, steps.revision, last, column, span, signal, spot],
    'still',
  );

  const onKey = (key: string): boolean => {
    const from = spot ?? { back: 0, cell: 0 };
    const moves: Record<string, [back: number, cell: number] | undefined> = {
      ArrowLeft: [1, 0],
      ArrowRight: [-1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      PageUp: [10, 0],
      PageDown: [-10, 0],
    };
    const move = moves[key];
    if (!move) return false;
    const back = Math.min(Math.max(from.back + move[0], 0), Number(span) - 1);
    const cell = Math.min(Math.max(from.cell + move[1], 0), config.cellsPerColumn - 1);
    if (steps.has(last - back - 1)) setSpot({ back, cell });
    return true;
  };

  const summary = useSlowly(() => describe(config.columns, column, Number(span)), 4000);
  const milestone = farMilestone();
  const held = newest < 0 ? 0 : newest - steps.since(newest, Number(span)) + 1;
  return (
    <Panel
      className="inside-panel inside-cells"
      title={`Cells of column ${column} over time`}
      subtitle="What each cell expected, and whether its column then won. Look for cells that take turns: which of them is active tells where in the sequence the network is."
      actions={
        <>
          <IndexField label="Column" most={config.columns - 1} value={column} onChange={pin} />
          <Segmented
            label="Steps shown"
            value={span}
            onChange={setSpan}
            options={spans.map(value => ({ value, label: value, name: `${value} steps` }))}
          />
          <ChartDownload
            chart="the chart of cells over time"
            name={`cells-of-column-${column}`}
            disabled={held === 0}
          />
        </>
      }
    >
      <div ref={area} className="inside-area inside-area-tall" data-picture>
        <canvas ref={canvas} role="img" aria-label={summary} />
        <PlotCursor
          label="Cells over time: arrow keys go to another step or cell"
          text={current && steps.has(current.step - 1) ? readoutOf(steps, column, current).join(', ') : ''}
          now={spot ? Number(span) - 1 - spot.back : Number(span) - 1}
          most={Number(span) - 1}
          onEnter={() => setSpot({ back: 0, cell: 0 })}
          onKey={onKey}
          onPoint={point => {
            const at = point && shown.current && spotAt(shown.current, point);
            setSpot(at ? { back: last - at.step, cell: at.cell } : null);
          }}
        />
        {held <= 1 ? (
          <p className="inside-empty">
            {playing || shownStep < 2
              ? 'What cells do is drawn here, step by step.'
              : milestone !== null && isAnswered(milestone)
                ? 'What cells did before this snapshot can no longer be run again.'
                : statesKept(config) > 0
                  ? 'The last steps are run again, to see what their cells did …'
                  : 'This network is too large for its last steps to be run again. What its cells do is drawn as it trains.'}
          </p>
        ) : null}
      </div>
      <ul className="inside-legend" aria-label="Legend" data-picture>
        <li>
          <i className="inside-key inside-key-correct" /> active, as it predicted
        </li>
        <li>
          <CellMark state="burst" predictive={false} /> active by bursting: nothing was predicted
        </li>
        <li>
          <i className="inside-key inside-key-predictive" /> predicted, but the column did not win
        </li>
        <li>
          <i className="inside-key inside-key-idle" /> idle
        </li>
        <li className="inside-legend-note">The higher, the larger its share or its expectation</li>
      </ul>
    </Panel>
  );
}

const stateInWords = {
  idle: 'idle',
  correct: 'active, as it predicted',
  burst: 'active by bursting',
  missed: 'predicted, but the column did not win',
} as const;

function readoutOf(steps: CellSteps, column: number, { step, cell }: Spot): string[] {
  const at = step - 1;
  const lines = [`Step ${formatCount(step)}, cell ${cell}`, stateInWords[steps.cellAt(at, column, cell)]];
  const active = steps.activeAt(at, column);
  const predicted = steps.predictedAt(at, column)[cell]!;
  lines.push(`had predicted ${formatFine(Math.max(0, predicted))}`);
  if (active) {
    const share = steps.gatesAt(at, column)[cell]!;
    lines.push(`activation ${formatFine(active[cell]!)}, ${formatShare(share)} of its column`);
  }
  return lines;
}

/** The raster in words. */
function describe(columns: number, column: number, span: number): string {
  const steps = cellSteps(useRun.getState().applied.network);
  const newest = steps.newest(Number.POSITIVE_INFINITY);
  if (newest < 0 || column >= columns) return `Cells of column ${column} over time: no steps yet.`;
  const first = steps.since(newest, span);
  let [won, burst] = [0, 0];
  const active = new Set<number>();
  for (let step = first; step <= newest; step++) {
    const did = steps.columnAt(step, column);
    if (did === 'lost') continue;
    won++;
    if (did === 'burst') burst++;
    steps.gatesAt(step, column).forEach((gate, cell) => {
      if (gate >= 0.5) active.add(cell);
    });
  }
  const cells = [...active].sort((a, b) => a - b).join(', ');
  return (
    `Cells of column ${column} over steps ${formatCount(first + 1)} to ${formatCount(newest + 1)}: the column won at ` +
    `${formatCount(won)} of them and burst at ${formatCount(burst)}` +
    `${cells ? `; cells that had most of its activation: ${cells}` : ''}.`
  );
}
