import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { networkCount, type Sweep, valuesAt } from '../../engine/population/sweep.ts';
import { formatCount, formatTick } from '../charts/figures.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { useZoom, zoom } from '../shared/zoom.ts';
import type { ProgressReport } from '../worker/sweep-protocol.ts';
import { paintTile, scaleOf } from './sweep-paint.ts';
import { figuresOf, labelOf, nameOf, rankOf, valueLabel } from './sweep-words.ts';
import { tileAfter, tileColumns } from './tile-columns.ts';
import './sweep-tiles.css';

interface MultiplesProps {
  sweep: Sweep;
  steps: number;
  /** Null before there is anything to show. */
  report: ProgressReport | null;
  /** The network whose details stay in sight: that which had the focus last. */
  selected: number | null;
  onSelect: (member: number) => void;
  /** The network that the pointer is on, or null. */
  onPoint: (member: number | null) => void;
}

/** All networks of a sweep side by side, each with its error over the run and its rank. */
export function Multiples(props: MultiplesProps) {
  const { sweep, steps, report } = props;
  const scale = report ? scaleOf(report, steps) : null;
  const [rows, columns] = sweep;
  return (
    <Panel
      title={columns ? `${labelOf(rows!.path)} against ${labelOf(columns.path)}` : labelOf(rows!.path)}
      subtitle={
        scale ? (
          <>
            Error from step 0 to {formatCount(steps)}, {formatTick(scale.domain[0])} to{' '}
            {formatTick(scale.domain[1])}, log · dashes: persistence · number and colour: rank
          </>
        ) : (
          `${networkCount(sweep)} networks, ready to start`
        )
      }
      actions={
        <ChartDownload
          chart="the pictures of all networks"
          stem="deephtm"
          name="sweep"
          title={
            columns
              ? `Error by ${labelOf(rows!.path)} and ${labelOf(columns.path)}`
              : `Error by ${labelOf(rows!.path)}`
          }
          disabled={!report}
        />
      }
      className="sweep-multiples"
    >
      {columns ? <Grid {...props} /> : <Row {...props} />}
    </Panel>
  );
}

/** One setting: its values in the order of reading. */
function Row(props: MultiplesProps) {
  const { sweep } = props;
  const [axis] = sweep;
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const count = axis!.values.length;
  const columns = tileColumns(count, width / useZoom());
  return (
    <div
      ref={host}
      className="sweep-tiles"
      data-picture
      style={{ '--columns': columns, '--rows': Math.ceil(count / columns) } as CSSProperties}
    >
      {width > 0 ? <Tiles {...props} columns={columns} labelled /> : null}
    </div>
  );
}

/** Two settings: the first downwards, the second across. */
function Grid(props: MultiplesProps) {
  const [rows, columns] = props.sweep;
  return (
    <div className="sweep-plane" data-picture>
      <p className="sweep-axis-across">{labelOf(columns!.path)}</p>
      <p className="sweep-axis-down">
        <span>{labelOf(rows!.path)}</span>
      </p>
      <div className="sweep-across" style={{ '--columns': columns!.values.length } as CSSProperties}>
        {columns!.values.map(value => (
          <span key={value}>{valueLabel(columns!.path, value)}</span>
        ))}
      </div>
      <div className="sweep-down">
        {rows!.values.map(value => (
          <span key={value}>{valueLabel(rows!.path, value)}</span>
        ))}
      </div>
      <div
        className="sweep-tiles"
        style={{ '--columns': columns!.values.length, '--rows': rows!.values.length } as CSSProperties}
      >
        <Tiles {...props} columns={columns!.values.length} labelled={false} />
      </div>
    </div>
  );
}

type TilesProps = MultiplesProps & { columns: number; labelled: boolean };

/** Room above a curve for the tile's words, and around it. */
const inset = { top: 19, side: 5, bottom: 4 };

function Tiles({ sweep, steps, report, selected, columns, labelled, onSelect, onPoint }: TilesProps) {
  const count = networkCount(sweep);
  const [cursor, setCursor] = useState(0);
  const tiles = useRef<(HTMLButtonElement | null)[]>([]);
  const canvas = useDrawing(
    drawing => {
      if (!report) return;
      const scale = scaleOf(report, steps);
      for (const [member, curve] of report.curves.entries()) {
        const tile = tiles.current[member];
        if (!tile) continue;
        const units = zoom();
        const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = tile;
        paintTile(drawing, curve, scale, {
          x: offsetLeft / units + inset.side,
          y: offsetTop / units + inset.top,
          width: offsetWidth / units - 2 * inset.side,
          height: offsetHeight / units - inset.top - inset.bottom,
        });
      }
    },
    [report, steps, columns],
    'still',
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const next = tileAfter(event.key, cursor, count, columns);
    if (next === null) return;
    event.preventDefault();
    tiles.current[next]?.focus();
  };
  return (
    <>
      {Array.from({ length: count }, (_, member) => {
        const rank = report && report.step > 0 ? rankOf(report, member) : null;
        const diverged = report?.members[member]?.divergedAt != null;
        // The best is the strongest.
        const share = rank === null || diverged ? 0 : 1 - (rank - 1) / Math.max(1, count - 1);
        return (
          <button
            key={nameOf(sweep, member)}
            ref={element => {
              tiles.current[member] = element;
            }}
            type="button"
            className="sweep-tile"
            style={{ '--share': `${Math.round(46 * share)}%` } as CSSProperties}
            data-best={rank === 1 || undefined}
            data-diverged={diverged || undefined}
            aria-current={selected === member}
            tabIndex={cursor === member ? 0 : -1}
            onClick={() => onSelect(member)}
            onKeyDown={onKeyDown}
            onFocus={() => {
              setCursor(member);
              onSelect(member);
            }}
            onPointerEnter={() => onPoint(member)}
            onPointerLeave={() => onPoint(null)}
          >
            {labelled ? (
              <>
                <Unseen>{labelOf(sweep[0]!.path)} </Unseen>
                <span className="sweep-value">{valueLabel(sweep[0]!.path, valuesAt(sweep, member)[0]!)}</span>
              </>
            ) : (
              <Unseen>{nameOf(sweep, member)}</Unseen>
            )}
            {report && rank !== null ? (
              <>
                <Unseen>, rank </Unseen>
                <span className="sweep-rank">{diverged ? <Diverged rank={rank} /> : rank}</span>
                <Unseen> {figuresOf(report, member)}</Unseen>
              </>
            ) : null}
          </button>
        );
      })}
      <canvas ref={canvas} className="sweep-canvas" role="img" aria-label={describe(sweep, report)} />
    </>
  );
}

const Unseen = ({ children }: { children: ReactNode }) => <span className="visually-hidden">{children}</span>;

const Diverged = ({ rank }: { rank: number }) => (
  <>
    <span aria-hidden>✕</span>
    <Unseen>{rank}</Unseen>
  </>
);

const describe = (sweep: Sweep, report: ProgressReport | null): string =>
  report
    ? `Error curves of ${networkCount(sweep)} networks up to step ${formatCount(report.step)}; each button before says how its network does.`
    : `${networkCount(sweep)} empty pictures, one for each network.`;

/** The present width of an element, 0 before it is known. */
function useWidth(ref: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
