import { useMemo, useRef, useState } from 'react';
import { type Direction, strongestOf } from '../../engine/measure/distal-map.ts';
import { formatCount } from '../charts/figures.ts';
import { paintReadout } from '../charts/readout.ts';
import { Segmented } from '../charts/Segmented.tsx';
import { useSlowly } from '../charts/use-slowly.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { formatFine } from '../network/describe.ts';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { sizeOf } from '../shared/zoom.ts';
import { pin, useRun } from '../state/run.ts';
import { mostCells } from '../worker/inspection-views.ts';
import { cellAtPoint, distalGrid, paintDistal, spotCentre } from './distal-paint.ts';
import { IndexField } from './IndexField.tsx';
import { cellSteps, useCells, useInspection } from './inspected.ts';
import { useInspectedColumn } from './inspected-column.ts';
import { OfNow } from './OfNow.tsx';
import { PlotCursor } from './PlotCursor.tsx';
import { useShownStep } from './shown-step.ts';
import './distal-map.css';

const milliseconds = 2000;
const strongestListed = 8;

/** Whom a cell hears, or who hears it, over all cells: where the sequence is stored. */
export function DistalMap() {
  const config = useRun(s => s.applied.network);
  const { cellsPerColumn, columns } = config;
  const [askedCell, chooseCell] = useState(0);
  const [direction, setDirection] = useState<Direction>('incoming');
  const [spot, setSpot] = useState<number | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const shownStep = useShownStep();
  const column = useInspectedColumn();
  const m = Math.min(askedCell, cellsPerColumn - 1);
  const cell = column * cellsPerColumn + m;
  const resting = useRun(s => s.status === 'paused');
  const view = useMemo(
    () => ({ kind: 'distal', cell, direction, resting }) as const,
    [cell, direction, resting],
  );
  const answer = useInspection(area, 'distal', view, milliseconds);
  useCells(area);
  const weights = answer?.weights.length === columns * cellsPerColumn ? answer.weights : null;
  const count = columns * cellsPerColumn;
  const strongest = useMemo(() => (weights ? strongestOf(weights, strongestListed) : []), [weights]);
  const steps = cellSteps(config);
  const newest = steps.newest(shownStep - 1);
  const nameOf = (index: number) => `${Math.floor(index / cellsPerColumn)}·${index % cellsPerColumn}`;
  const readout = (index: number): string[] => {
    const weight = weights?.[index] ?? 0;
    const effect = weight > 0 ? 'excites' : weight < 0 ? 'inhibits' : 'does nothing';
    return [
      `Cell ${index % cellsPerColumn} of column ${Math.floor(index / cellsPerColumn)}`,
      `weight ${formatFine(weight)}: ${effect}`,
    ];
  };

  const canvas = useDrawing(
    drawing => {
      if (!weights) return;
      const grid = distalGrid(drawing.width, drawing.height, columns, cellsPerColumn);
      const active = newest >= 0 ? steps.activeCells(newest) : [];
      paintDistal(drawing, grid, weights, { active, spot });
      if (spot !== null) paintReadout(drawing, drawing, spotCentre(grid, spot), readout(spot));
    },
    [weights, spot, newest, config],
    'still',
  );

  const onKey = (key: string): boolean => {
    const from = spot ?? 0;
    const moves: Record<string, number | undefined> = {
      ArrowLeft: from - cellsPerColumn,
      ArrowRight: from + cellsPerColumn,
      ArrowUp: from % cellsPerColumn > 0 ? from - 1 : from,
      ArrowDown: (from + 1) % cellsPerColumn > 0 ? from + 1 : from,
    };
    const to = moves[key];
    if (key === 'Enter') pin(Math.floor(from / cellsPerColumn));
    else if (to === undefined) return false;
    else if (to >= 0 && to < columns * cellsPerColumn) setSpot(to);
    return true;
  };
  const at = (point: { x: number; y: number }) => {
    const { width, height } = sizeOf(canvas.current!);
    return cellAtPoint(distalGrid(width, height, columns, cellsPerColumn), point);
  };

  const summary = useSlowly(() => {
    const list = strongest.slice(0, 3).map(index => `${nameOf(index)} with ${formatFine(weights![index]!)}`);
    const way = direction === 'incoming' ? 'comes from' : 'goes to';
    return weights
      ? `Distal weights of cell ${m} of column ${column}: the strongest ${way} cells ${list.join(', ')}.`
      : 'Distal weights: not read yet.';
  }, 4000);
  return (
    <Panel
      className="inside-panel"
      title={`Distal weights of cell ${m}, column ${column}`}
      subtitle={
        direction === 'incoming'
          ? 'What it hears from every cell: those that were active just before it learn to excite it. Each column is a stack of its cells; framed cells are active now.'
          : 'What it tells every cell: those that follow it are the ones it has learned to excite. Each column is a stack of its cells; framed cells are active now.'
      }
      actions={
        <ChartDownload
          chart="the distal map"
          name={`distal-${direction}-${column}-${m}`}
          title={`Distal weights of cell ${m}, column ${column}: ${direction}`}
          disabled={!weights}
        />
      }
    >
      <div className="distal-controls">
        <IndexField label="Column" most={columns - 1} value={column} onChange={pin} />
        <IndexField label="Cell" most={cellsPerColumn - 1} value={m} onChange={chooseCell} />
        <Segmented
          label="Direction"
          value={direction}
          onChange={setDirection}
          options={[
            { value: 'incoming', label: 'incoming' },
            { value: 'outgoing', label: 'outgoing' },
          ]}
        />
        <OfNow step={answer?.step} />
      </div>
      <div ref={area} className="inside-area inside-area-tall">
        <canvas ref={canvas} role="img" aria-label={summary} />
        <PlotCursor
          label="Distal map: arrow keys go to another cell, Enter pins its column"
          text={spot === null ? '' : readout(spot).join(', ')}
          now={spot ?? 0}
          most={columns * cellsPerColumn - 1}
          onEnter={() => setSpot(strongest[0] ?? 0)}
          onKey={onKey}
          onPoint={point => setSpot(point && at(point))}
          onPick={point => {
            const index = at(point);
            if (index !== null) pin(Math.floor(index / cellsPerColumn));
          }}
        />
        {weights ? null : (
          <p className="inside-empty">
            {count > mostCells.resting
              ? `A memory of more than ${formatCount(mostCells.resting)} cells is too large to be read here.`
              : count > mostCells.training && !resting
                ? `A memory of more than ${formatCount(mostCells.training)} cells is read only while the run rests: pause it.`
                : 'Reading the memory’s weights …'}
          </p>
        )}
      </div>
      <ol className="distal-strongest" aria-label="Strongest weights, by column and cell">
        {strongest.map(index => (
          <li key={index}>
            <button type="button" onClick={() => pin(Math.floor(index / cellsPerColumn))}>
              {nameOf(index)} <strong>{formatFine(weights![index]!)}</strong>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
