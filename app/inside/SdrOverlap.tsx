import { useMemo, useRef, useState } from 'react';
import { likeness, recurrence } from '../../engine/measure/sdr.ts';
import { formatCount, formatShare } from '../charts/figures.ts';
import { Segmented } from '../charts/Segmented.tsx';
import { useSlowly } from '../charts/use-slowly.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { sizeOf } from '../shared/zoom.ts';
import { live } from '../state/live.ts';
import { useMoment } from '../state/moment.ts';
import { useRun } from '../state/run.ts';
import { cellSteps, useCells } from './inspected.ts';
import {
  type Comparison,
  compareCells,
  compareColumns,
  knownBefore,
  overlapCurves,
  presentOf,
} from './overlap.ts';
import { backAxis, curveBox, paintComparison, paintCurves } from './overlap-paint.ts';
import { PlotCursor } from './PlotCursor.tsx';
import { valueAt } from './plot.ts';
import { useShownStep } from './shown-step.ts';
import './overlap.css';

const spans = ['200', '500', '1000'];

/** How much of what is active now was active at a step of the past: whether the network knows the moment again. */
export function SdrOverlap() {
  const config = useRun(s => s.applied.network);
  const [span, setSpan] = useState('200');
  const [wanted, choose] = useState<number | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const shownStep = useShownStep();
  const past = useMoment(s => s.at);
  const playing = useRun(s => s.status === 'playing');
  useCells(area);
  const steps = cellSteps(config);
  const now = presentOf(live.steps, steps, shownStep, past === null && playing);
  const known = knownBefore(live.steps, steps, now, 1000);
  const curves = useMemo(
    () => overlapCurves(live.steps, steps, now, known),
    [steps, steps.revision, now, known],
  );
  const most = Math.min(Number(span), known);
  const ofCells = recurrence(curves.cells.slice(0, most + 1));
  const again = ofCells ?? recurrence(curves.columns.slice(0, most + 1));
  const back = Math.min(wanted ?? again ?? 1, known);
  const columns = compareColumns(live.steps, steps, now, now - back);
  const cells = compareCells(steps, now, now - back);

  const rasters = useDrawing(
    drawing => {
      const { width, height } = drawing;
      const each = (width - 16) / 2;
      const box = { x: 0, y: 0, width: each, height };
      const nothing = known === 0 ? 'no steps yet' : 'not looked at then';
      paintComparison(drawing, box, titleOf('Columns', columns), config.columns, columns, nothing);
      const right = { ...box, x: each + 16 };
      const count = config.columns * config.cellsPerColumn;
      paintComparison(drawing, right, titleOf('Cells', cells), count, cells, nothing);
    },
    [now, back, steps, steps.revision, config],
    'still',
  );
  const plot = useDrawing(
    drawing => {
      const box = curveBox(drawing.width, drawing.height);
      paintCurves(drawing, box, curves, Number(span), back, past === null ? 'now' : formatCount(past));
    },
    [curves, span, back, past],
    'still',
  );

  const onKey = (key: string): boolean => {
    const moves: Record<string, number | undefined> = {
      ArrowLeft: back + 1,
      ArrowDown: back + 1,
      ArrowRight: back - 1,
      ArrowUp: back - 1,
      PageDown: back + 10,
      PageUp: back - 10,
      Home: most,
      End: 0,
    };
    const to = moves[key];
    if (to === undefined) return false;
    choose(Math.min(Math.max(to, 0), most));
    return true;
  };
  const backAt = (x: number): number => {
    const { width, height } = sizeOf(plot.current!);
    const value = valueAt(curveBox(width, height), backAxis(Number(span)), x);
    return Math.min(Math.max(Math.round(-value), 0), most);
  };

  const title = past === null ? 'Overlap with now' : `Overlap with step ${formatCount(past)}`;
  const words =
    `${formatCount(back)} ${back === 1 ? 'step' : 'steps'} ago, step ${formatCount(now - back + 1)}: ` +
    `${inWords(columns, 'columns')}, ${inWords(cells, 'cells')} shared`;
  const summary = useSlowly(() => {
    const returning = ofCells === null ? 'columns' : 'cells';
    const returns =
      again === null ? 'nothing has come again' : `the ${returning} come again after ${again} steps`;
    return known === 0 ? `${title}: no steps yet.` : `${title}: ${returns}. Compared: ${words}.`;
  }, 4000);
  return (
    <Panel
      className="inside-panel"
      title={title}
      subtitle="How much of what is active now was active before. Columns peak where the input is alike, cells only where its past is, too."
      actions={
        <>
          <Segmented
            label="Steps back"
            value={span}
            onChange={setSpan}
            options={spans.map(value => ({
              value,
              label: formatCount(Number(value)),
              name: `${value} steps`,
            }))}
          />
          <ChartDownload
            chart="the chart of overlap"
            name="overlap"
            title={`Overlap of step ${formatCount(now + 1)} with earlier steps`}
            disabled={known === 0}
          />
        </>
      }
    >
      <p className="inside-figures">
        {known === 0 ? (
          'No steps yet'
        ) : (
          <>
            <span>
              Compared with <strong>{formatCount(back)}</strong> {back === 1 ? 'step' : 'steps'} ago
            </span>
            {again === null ? null : (
              <span>
                Most alike again after <strong>{formatCount(again)}</strong> steps
              </span>
            )}
          </>
        )}
      </p>
      <div ref={area} className="inside-area overlap-rasters" data-picture>
        <canvas ref={rasters} role="img" aria-label={known === 0 ? 'No steps yet' : words} />
      </div>
      <div className="inside-area overlap-curve" data-picture>
        <canvas ref={plot} role="img" aria-label={summary} />
        <PlotCursor
          label="Step to compare with now: arrow keys go back and forth"
          text={known === 0 ? '' : words}
          now={most - back}
          most={most}
          onEnter={() => choose(back)}
          onKey={onKey}
          onPoint={() => {}}
          onPick={point => choose(backAt(point.x))}
        />
      </div>
      <ul className="inside-legend" aria-label="Legend" data-picture>
        <li>
          <i className="overlap-mark overlap-both" /> both
        </li>
        <li>
          <i className="overlap-mark overlap-now" /> {past === null ? 'now' : 'then'} only
        </li>
        <li>
          <i className="overlap-mark overlap-before" aria-hidden="true">
            ×
          </i>
          before only
        </li>
        <li>
          <i className="overlap-line overlap-line-columns" /> columns
        </li>
        <li>
          <i className="overlap-line overlap-line-cells" /> cells
        </li>
        {wanted === null ? (
          <li className="inside-legend-note" data-page-only>
            Click the curve to compare another step
          </li>
        ) : (
          <li data-page-only>
            <button type="button" className="inside-link" onClick={() => choose(null)}>
              Compare with the most alike
            </button>
          </li>
        )}
      </ul>
    </Panel>
  );
}

const inWords = (comparison: Comparison | null, units: string): string =>
  comparison
    ? `${comparison.overlap.shared} of ${comparison.overlap.union} ${units} (${formatShare(likeness(comparison.overlap))})`
    : `no ${units} known`;

const titleOf = (name: string, comparison: Comparison | null): string =>
  comparison
    ? `${name}: ${comparison.overlap.shared} of ${comparison.overlap.union} shared, ${formatShare(likeness(comparison.overlap))}`
    : name;
