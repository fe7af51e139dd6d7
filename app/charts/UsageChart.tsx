import { ChartDownload } from '../export/ChartDownload.tsx';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { useMoment } from '../state/moment.ts';
import { useRun } from '../state/run.ts';
import { stepsFrom } from './axis-ticks.ts';
import { formatCount, formatShare } from './figures.ts';
import { usageInWords } from './usage-in-words.ts';
import { paintUsage, usageLines } from './usage-plot.ts';
import { useHistory } from './use-slowly.ts';
import './plots.css';

/** How many columns take part, and how often winners are a surprise, over the whole run. */
export function UsageChart() {
  const { points, width } = useHistory();
  const at = useMoment(s => s.at);
  const columns = useRun(s => s.applied.network.columns);
  const winners = useRun(s => s.applied.network.winners);
  const canvas = useDrawing(
    drawing => {
      if (points.length > 0)
        paintUsage(drawing, points, stepsFrom(points, width), usageLines(points, columns, winners), at);
    },
    [points, width, columns, winners, at],
    'still',
  );
  const last = at === null ? points.at(-1) : (points.findLast(point => point.step <= at) ?? points[0]);
  return (
    <Panel
      className="plot-panel"
      title="Columns and bursts"
      subtitle={`${formatCount(winners)} win at each step; one that no cell expected bursts`}
      actions={
        <ChartDownload
          chart="the chart of columns and bursts"
          name="columns"
          title="Columns in use; below, bursting winners"
          disabled={!last}
        />
      }
    >
      {last ? (
        <div className="usage-figures">
          <span className="usage-columns">
            Columns in use <strong>{Number.isFinite(last.columns) ? formatCount(last.columns) : '–'}</strong>{' '}
            of {formatCount(columns)}
          </span>
          <span className="usage-bursts">
            Bursting <strong>{formatShare(last.bursting / winners)}</strong>
          </span>
        </div>
      ) : null}
      <div className="plot-area usage-plot-area">
        <canvas
          ref={canvas}
          className="plot-frame"
          role="img"
          aria-label={usageInWords(last, columns, winners)}
        />
        {last ? null : <p className="plot-empty">Columns in use and bursts will be drawn here.</p>}
      </div>
    </Panel>
  );
}
