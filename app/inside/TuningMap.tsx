import { useMemo, useRef, useState } from 'react';
import { symbolOf, symbols } from '../../engine/data/symbols.ts';
import { formatCount, formatHundredths } from '../charts/figures.ts';
import { paintReadout } from '../charts/readout.ts';
import { Segmented } from '../charts/Segmented.tsx';
import { useSlowly } from '../charts/use-slowly.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { sizeOf } from '../shared/zoom.ts';
import { live } from '../state/live.ts';
import { pin, useRun } from '../state/run.ts';
import { useInspection } from './inspected.ts';
import { OfNow } from './OfNow.tsx';
import { PlotCursor } from './PlotCursor.tsx';
import { useShownStep } from './shown-step.ts';
import { preferredInput, tuningOrder } from './tuning-order.ts';
import { paintTuning, type TuningView, tuningAt, tuningBox } from './tuning-paint.ts';

const view = { kind: 'tuning' } as const;
const milliseconds = 2000;

const title = 'Tuning of all columns';

/** What every column is tuned to: the encoder of the signal that the network has learned. */
export function TuningMap() {
  const inputs = useRun(s => s.applied.network.inputs);
  const symbolic = useRun(s => s.applied.signal.wave === 'highOrder');
  if (inputs > 1 && !symbolic)
    return (
      <Panel className="inside-panel" title={title} subtitle="What input each column answers to.">
        <p className="inside-note">
          This network has {formatCount(inputs)} input channels: a column's tuning is a surface over all of
          them, not a curve. Choose a preset with one channel to see it.
        </p>
      </Panel>
    );
  return <Tuning symbolic={symbolic} />;
}

function Tuning({ symbolic }: { symbolic: boolean }) {
  const amplitude = useRun(s => s.applied.signal.amplitude);
  const columns = useRun(s => s.applied.network.columns);
  const [which, setWhich] = useState<'winning' | 'all'>('winning');
  const [spot, setSpot] = useState<{ row: number; at: number } | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const shownStep = useShownStep();
  const sheet = useInspection(area, 'tuning', view, milliseconds);
  const order = useMemo(() => (sheet ? tuningOrder(sheet) : null), [sheet]);
  const shown = useMemo((): TuningView | null => {
    if (!sheet || !order) return null;
    const { winning, idle } = order;
    const rows = which === 'winning' ? winning : [...winning, ...idle];
    return { sheet, rows, winning: winning.length, amplitude: amplitude || 1, symbolic };
  }, [sheet, order, which, amplitude, symbolic]);
  const thing = symbolic ? 'symbol' : 'input';
  const current = spot && shown && spot.row < shown.rows.length ? spot : null;

  const canvas = useDrawing(
    drawing => {
      if (!shown) return;
      const box = tuningBox(drawing.width, drawing.height);
      paintTuning(drawing, box, shown, presentInput(symbolic));
      if (!current) return;
      const at = {
        x: box.x + ((current.at + 0.5) / shown.sheet.input.length) * box.width,
        y: box.y + ((current.row + 0.5) / shown.rows.length) * box.height,
      };
      drawing.context.strokeStyle = drawing.color('--text');
      drawing.context.lineWidth = 1;
      drawing.context.strokeRect(box.x - 1, at.y - 2.5, box.width + 2, 5);
      paintReadout(drawing, drawing, at, readoutOf(shown, current));
    },
    [shown, current, shownStep],
    'still',
  );

  const onKey = (key: string): boolean => {
    if (!shown) return false;
    const from = current ?? { row: 0, at: 0 };
    const moves: Record<string, [row: number, at: number] | undefined> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      PageUp: [-10, 0],
      PageDown: [10, 0],
    };
    const move = moves[key];
    if (key === 'Enter') pin(shown.rows[from.row] ?? null);
    else if (!move) return false;
    else
      setSpot({
        row: Math.min(Math.max(from.row + move[0], 0), shown.rows.length - 1),
        at: Math.min(Math.max(from.at + move[1], 0), shown.sheet.input.length - 1),
      });
    return true;
  };
  const spotAt = (point: { x: number; y: number }) => {
    const { width, height } = sizeOf(canvas.current!);
    return shown && tuningAt(tuningBox(width, height), shown, point);
  };

  const summary = useSlowly(() => {
    if (!shown || !order) return 'Tuning of all columns: not read yet.';
    const winning = `${formatCount(order.winning.length)} of ${formatCount(columns)} win for some ${thing}`;
    if (symbolic) return `Tuning of all columns: ${winning}.`;
    const preferred = order.winning.map(column => preferredInput(shown.sheet, column));
    return (
      `Tuning of all columns: ${winning}; they prefer inputs from ` +
      `${formatHundredths(preferred[0] ?? 0)} to ${formatHundredths(preferred.at(-1) ?? 0)}.`
    );
  }, 4000);
  return (
    <Panel
      className="inside-panel"
      title={title}
      subtitle={
        symbolic
          ? 'Each row is a column and its score for each symbol, the stronger the higher; orange where it wins. Which symbol came before, columns do not tell: cells do.'
          : 'Each row is a column and its score over the input, the stronger the higher; orange where it wins. A learned encoder is an even staircase.'
      }
      actions={
        <>
          <Segmented
            label="Columns shown"
            value={which}
            onChange={setWhich}
            options={[
              { value: 'winning', label: 'in use', name: `Columns that win for some ${thing}` },
              { value: 'all', label: 'all', name: 'All columns' },
            ]}
          />
          <ChartDownload chart="the tuning map" name="tuning" disabled={!shown} />
        </>
      }
    >
      <p className="inside-figures">
        {order ? (
          <span>
            <strong>{formatCount(order.winning.length)}</strong> of {formatCount(columns)} columns win for
            some {thing}
          </span>
        ) : (
          'Reading …'
        )}
        <OfNow step={sheet?.step} />
      </p>
      <div ref={area} className="inside-area inside-area-tall">
        <canvas ref={canvas} role="img" aria-label={summary} />
        <PlotCursor
          label="Tuning map: arrow keys go to another column or input, Enter pins the column"
          text={current && shown ? readoutOf(shown, current).join(', ') : ''}
          now={current?.row ?? 0}
          most={(shown?.rows.length ?? 1) - 1}
          onEnter={() => setSpot({ row: 0, at: 0 })}
          onKey={onKey}
          onPoint={point => setSpot(point && spotAt(point))}
          onPick={point => {
            const at = spotAt(point);
            if (at) pin(shown!.rows[at.row]!);
          }}
        />
      </div>
    </Panel>
  );
}

/** What came in last; null before anything did. */
function presentInput(symbolic: boolean): number | null {
  const { steps } = live;
  if (!symbolic) return steps.end > steps.first ? steps.input[steps.at(steps.end - 1)]! : null;
  // A symbol that came in was the target of the step before.
  return steps.end > steps.first + 1 ? symbolOf(steps.targetRows, steps.at(steps.end - 2)) : null;
}

function readoutOf(view: TuningView, { row, at }: { row: number; at: number }): string[] {
  const { sheet, rows, symbolic } = view;
  const column = rows[row]!;
  const place = column * sheet.input.length + at;
  const input = symbolic ? `symbol ${symbols[at]}` : `input ${formatHundredths(sheet.input[at]!)}`;
  return [
    `Column ${column}`,
    `${input}: score ${formatHundredths(sheet.score[place]!)}`,
    sheet.wins[place] ? 'wins here' : 'does not win here',
  ];
}
