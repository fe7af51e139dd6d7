import {
  type KeyboardEvent,
  lazy,
  type PointerEvent,
  Suspense,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { useZoom, zoom } from '../shared/zoom.ts';
import { live } from '../state/live.ts';
import { pin, useRun } from '../state/run.ts';
import type { Frame } from '../worker/protocol.ts';
import { Backdrop } from './backdrop.ts';
import { useFrames } from './frames.ts';
import { highlight, useHighlight } from './highlight.ts';
import { columnAfter } from './keyboard.ts';
import { Legend } from './Legend.tsx';
import { isNarrow, type Layout, layOut } from './layout.ts';
import { edge } from './parts.ts';
import './network.css';
import { NetworkMoment } from './moment.ts';
import { paintNetwork } from './paint.ts';
import { Rings } from './rings.ts';
import { Scales } from './scales.ts';
import { columnGrid, columnOf, rectOf, unitAt } from './units.ts';
import { useSummary } from './use-summary.ts';

/** Loaded when a unit is first pointed at; without it there is still the picture. */
const Tooltip = lazy(() =>
  import('./Tooltip.tsx').then(
    m => ({ default: m.Tooltip }),
    () => ({ default: () => null }),
  ),
);

/** Lays out anew only when the network or the canvas changes. */
class LayoutOf {
  #key = '';
  layout: Layout | null = null;

  update(config: NetworkConfig, width: number, height: number): Layout {
    const { inputs, encoder, columns, winners, cellsPerColumn, decoder, readout } = config;
    const key = [width, height, inputs, encoder, columns, winners, cellsPerColumn, decoder, readout].join(
      ';',
    );
    if (!this.layout || key !== this.#key) this.layout = layOut(config, width, height);
    this.#key = key;
    return this.layout;
  }
}

/** The whole network at work, from input to prediction. */
export function NetworkView() {
  const config = useRun(s => s.applied.network);
  const signal = useRun(s => s.applied.signal);
  const status = useRun(s => s.status);
  const pinned = useRun(s => s.pinned);
  const highlighted = useHighlight(s => s.unit);
  const stage = useRef<HTMLDivElement>(null);
  const [layoutOf] = useState(() => new LayoutOf());
  const [moment] = useState(() => new NetworkMoment());
  const [tools] = useState(() => ({ scales: new Scales(), backdrop: new Backdrop(), rings: new Rings() }));
  const painted = useRef<{ frame: Frame | null; overlaid: boolean }>({ frame: null, overlaid: false });
  const height = useNarrowHeight(stage, config);
  const summary = useSummary(moment, config);

  const canvas = useDrawing(
    drawing => {
      const layout = layoutOf.update(config, drawing.width, drawing.height);
      const { frame, tensors, activity, actual } = moment.update(config);
      tools.scales.begin(frame?.step ?? 0);
      const detail = frame?.column ?? null;
      const scene = {
        config,
        layout,
        tensors,
        activity,
        signal,
        actual,
        pinned,
        detail,
        highlighted,
        ...tools,
      };
      paintNetwork(drawing, scene);
      live.overlay?.(drawing, scene);
      painted.current = { frame, overlaid: live.overlay !== null };
    },
    [config, signal, pinned, highlighted],
    'live',
    // Frames come more seldom than steps.
    () => {
      const { frame, overlaid } = painted.current;
      return overlaid || live.overlay !== null || moment.update(config).frame !== frame;
    },
  );
  useFrames(canvas);

  const pointAt = (event: PointerEvent) => {
    const { layout } = layoutOf;
    if (!layout || !canvas.current) return null;
    const box = canvas.current.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / zoom(), (event.clientY - box.top) / zoom()];
    return unitAt(layout, config.cellsPerColumn, x, y);
  };
  const move = (event: PointerEvent) => highlight(pointAt(event), 'pointer');
  const leave = (event: PointerEvent) => {
    // A finger leaves when it is lifted; what it has touched stays named.
    if (event.pointerType === 'mouse') highlight(null, 'pointer');
  };
  const press = (event: PointerEvent) => {
    const unit = pointAt(event);
    highlight(unit, 'pointer');
    const column = columnOf(unit);
    if (column !== null) pin(column === pinned ? null : column);
  };
  const key = (event: KeyboardEvent) => {
    const { layout } = layoutOf;
    if (!layout || event.ctrlKey || event.metaKey || event.altKey) return;
    const cursor = columnOf(highlighted) ?? pinned;
    if (event.key === 'Enter' && cursor !== null) pin(cursor === pinned ? null : cursor);
    else if (event.key === 'Escape') {
      pin(null);
      highlight(null, 'keyboard');
    } else {
      const next = columnAfter(event.key, cursor, columnGrid(layout, 'memory'));
      if (next === null) return;
      highlight({ kind: 'memory', column: next, cell: null }, 'keyboard');
    }
    event.preventDefault();
  };

  return (
    <Panel
      title="Network"
      actions={
        <>
          <span className="network-hint">
            {status === 'starting' ? 'starting …' : 'Point at a part to read it, click a column to pin it'}
          </span>
          <ChartDownload chart="the picture of the network" name="network" disabled={status === 'starting'} />
        </>
      }
      className="network"
    >
      <div
        ref={stage}
        className="network-stage"
        role="application"
        aria-label="Columns of the network: arrow keys go from column to column, Enter pins one, Escape unpins"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the columns are walked through with the keyboard
        tabIndex={0}
        onKeyDown={key}
        onBlur={() => highlight(null, 'keyboard')}
        onPointerMove={move}
        onPointerLeave={leave}
        onPointerUp={press}
      >
        <canvas
          ref={canvas}
          className="network-canvas"
          data-picture
          style={height === null ? undefined : { height }}
          data-over={columnOf(highlighted) === null ? undefined : 'column'}
          role="img"
          aria-label={summary}
        />
        {highlighted ? (
          <Suspense fallback={null}>
            <Tooltip
              config={config}
              moment={moment}
              anchor={unit => (layoutOf.layout ? rectOf(layoutOf.layout, unit) : null)}
            />
          </Suspense>
        ) : null}
      </div>
      <Legend />
    </Panel>
  );
}

/** @returns the height that a narrow canvas needs; null for a wide one, whose height the page decides */
function useNarrowHeight(stage: { current: HTMLElement | null }, config: NetworkConfig): number | null {
  const [stageWidth, setWidth] = useState(0);
  const units = useZoom();
  useLayoutEffect(() => {
    const element = stage.current!;
    const measure = () => setWidth(element.clientWidth);
    const resizing = new ResizeObserver(measure);
    resizing.observe(element);
    measure();
    return () => resizing.disconnect();
  }, [stage]);
  const width = stageWidth / units + 2 * edge;
  return stageWidth > 0 && isNarrow(width) ? Math.ceil(units * layOut(config, width, 0).height) : null;
}
