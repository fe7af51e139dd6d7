import { Eye } from 'lucide-react';
import { useRef } from 'react';
import type { Milestone } from '../../engine/measure/run-measure.ts';
import { formatAccuracy, formatCount, formatError, formatRatio } from '../charts/figures.ts';
import { RasterLegend } from '../charts/RasterLegend.tsx';
import { WaveLegend } from '../charts/WaveLegend.tsx';
import { FormatMenu } from '../export/FormatMenu.tsx';
import type { ChartFormat } from '../export/paper.ts';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import { backToNow, lookAtMilestone, useMoment } from '../state/moment.ts';
import { useRun } from '../state/run.ts';
import { fileStem } from '../weights/download.ts';
import { MilestoneEditor } from './MilestoneEditor.tsx';
import {
  figuresOf,
  lengthOf,
  paintSnapshot,
  rasterLength,
  type ValueAxis,
  valueAxisOf,
} from './snapshot-plot.ts';
import './snapshots.css';

/** What was predicted at chosen steps of the run, side by side on equal axes. */
export function Snapshots() {
  const steps = useRun(s => s.milestoneSteps);
  const milestones = useRun(s => s.milestones);
  const signal = useRun(s => s.applied.signal);
  const frames = useRef<HTMLDivElement>(null);
  // A run that went back to an earlier step passes some of its milestones twice.
  const slots = steps.map(step => ({ step, taken: milestones.findLast(m => m.step === step) }));
  const taken = slots.flatMap(slot => slot.taken ?? []);
  const axis = valueAxisOf(signal, taken);
  const save = async (which: readonly Milestone[], step: number, name: string, format: ChartFormat) => {
    const { applied } = useRun.getState();
    const { savePicture } = await import('./picture.ts');
    const fileName = `${fileStem(applied, step)}-${name}.${format}`;
    await savePicture(which, taken, applied, { format, themed: frames.current! }, fileName);
  };

  return (
    <Panel
      title="Snapshots"
      subtitle={
        axis.kind === 'raster'
          ? `The ${rasterLength} steps before each. Without memory, half of D or Y would be right`
          : 'Taken as the run goes by, on equal axes. Ratio 1: repeating the last value'
      }
      actions={
        <>
          <MilestoneEditor />
          <FormatMenu
            name="Save all snapshots"
            text="All"
            buttonClassName="snapshots-button"
            disabled={taken.length === 0}
            onSave={format => save(taken, taken.at(-1)!.step, 'snapshots', format)}
          />
        </>
      }
    >
      <div className="snapshots" data-kind={axis.kind} ref={frames}>
        {slots.map(({ step, taken: milestone }) => (
          <figure key={step} className="snapshot">
            <figcaption>
              <span>Step {formatCount(step)}</span>
              <Look step={step} />
              {milestone ? (
                <FormatMenu
                  name={`Save the snapshot at step ${formatCount(step)}`}
                  onSave={format => save([milestone], step, 'snapshot', format)}
                />
              ) : null}
            </figcaption>
            <div className="snapshot-plot">
              <SnapshotCanvas step={step} milestone={milestone} axis={axis} />
              {milestone ? null : <Waiting step={step} />}
            </div>
            {milestone ? <Figures milestone={milestone} /> : null}
          </figure>
        ))}
      </div>
      {axis.kind === 'raster' ? <RasterLegend /> : <WaveLegend />}
    </Panel>
  );
}

/** All views show what the network was like then. */
function Look({ step }: { step: number }) {
  const kept = useMoment(s => s.milestones.includes(step));
  const shown = useMoment(s => s.at === step);
  if (!kept) return null;
  return (
    <button
      type="button"
      className="snapshot-save snapshot-look"
      aria-pressed={shown}
      aria-label={`Look at the network at step ${formatCount(step)}`}
      title="Look at the network as it was then"
      onClick={() => (shown ? backToNow() : lookAtMilestone(step))}
    >
      <Eye size="0.9375rem" aria-hidden />
    </button>
  );
}

interface SnapshotCanvasProps {
  step: number;
  milestone: Milestone | undefined;
  axis: ValueAxis;
}

function SnapshotCanvas({ step, milestone, axis }: SnapshotCanvasProps) {
  const canvas = useDrawing(
    drawing => {
      const { width, height } = drawing;
      paintSnapshot(drawing, { x: 0, y: 0, width, height }, axis, step, milestone);
    },
    [step, milestone, axis.kind, axis.bound, axis.peak],
    'still',
  );
  return <canvas ref={canvas} role="img" aria-label={describe(step, milestone)} />;
}

function Waiting({ step }: { step: number }) {
  const past = useRun(s => s.step > step);
  return (
    <p className="snapshot-waiting">
      {past ? 'Already past; taken in the next run' : `at step ${formatCount(step)}`}
    </p>
  );
}

function Figures({ milestone }: { milestone: Milestone }) {
  const network = useRun(s => s.applied.network);
  return (
    <dl className="snapshot-figures">
      {figuresOf(milestone, network).map(({ label, short, value }) => (
        <div key={label} title={`${value} ${label}`}>
          <dt>{short}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function describe(step: number, milestone: Milestone | undefined): string {
  if (!milestone) return `Snapshot at step ${formatCount(step)}: not taken yet.`;
  const { rmse, ratio, steps, accuracy } = milestone.summary;
  const against = ratio === null ? '' : `, ${formatRatio(ratio)} of persistence`;
  return (
    `Predicted against actual value over the ${formatCount(lengthOf(milestone))} steps before step ` +
    `${formatCount(step)}. Root mean squared error ${formatError(rmse)}${against}, over ${formatCount(steps)} steps.` +
    (accuracy ? ` Right on D or Y: ${formatAccuracy(accuracy.ambiguous)}.` : '')
  );
}
