import { ArrowUpFromLine } from 'lucide-react';
import { formatCount, formatError, formatRatio, formatShare } from '../charts/figures.ts';
import { ChartDownload } from '../export/ChartDownload.tsx';
import { useDrawing } from '../shared/canvas.ts';
import { Panel } from '../shared/Panel.tsx';
import type { ProgressReport } from '../worker/sweep-protocol.ts';
import { paintDetail, scaleOf } from './sweep-paint.ts';
import { adopt, type Started, useSweep } from './sweep-run.ts';
import { figuresOf, nameOf, rankOf } from './sweep-words.ts';
import './sweep-member.css';

interface MemberDetailProps {
  started: Started;
  report: ProgressReport;
  member: number;
}

/** One network of the sweep at a larger scale, with its figures. */
export function MemberDetail({ started, report, member }: MemberDetailProps) {
  const { sweep, steps } = started;
  const figures = report.members[member]!;
  const name = nameOf(sweep, member);
  const canvas = useDrawing(
    drawing => paintDetail(drawing, report, member, scaleOf(report, steps)),
    [report, member, steps],
    'still',
  );
  const rank = rankOf(report, member);
  return (
    <Panel
      title={`${name[0]!.toUpperCase()}${name.slice(1)}`}
      subtitle={
        figures.divergedAt === null
          ? `Rank ${rank} of ${report.members.length}`
          : `Diverged at step ${formatCount(figures.divergedAt)}`
      }
      actions={
        <>
          <AdoptButton member={member} name={name} diverged={figures.divergedAt !== null} />
          <ChartDownload
            chart={`the error of ${name}`}
            stem="deephtm"
            name={`sweep-${name.replaceAll(/[^\w.]+/g, '-')}`}
            title={`Error of ${name}`}
          />
        </>
      }
      className="sweep-detail"
    >
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Error of ${name} over the run: rank ${rank} ${figuresOf(report, member)}`}
      />
      <dl className="sweep-figures">
        <Figure name="RMSE" value={formatError(figures.rmse)} />
        <Figure name="Ratio" value={figures.ratio === null ? '–' : formatRatio(figures.ratio)} />
        <Figure name="Columns" value={formatCount(figures.columnsInUse)} />
        <Figure name="Bursts" value={formatShare(figures.burstRate)} />
      </dl>
    </Panel>
  );
}

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

interface AdoptButtonProps {
  member: number;
  name: string;
  diverged: boolean;
}

/** Makes a network the run. */
export function AdoptButton({ member, name, diverged }: AdoptButtonProps) {
  const adopting = useSweep(s => s.adopting);
  // Networks that are being made again, or are gone.
  const away = useSweep(s => s.status === 'starting' || (s.lost?.again === false && s.lost.from === null));
  if (diverged) return null;
  return (
    <button
      type="button"
      className="button sweep-adopt"
      aria-label={`Adopt ${name}`}
      title="Go on with this network in the Training view"
      disabled={adopting !== null || away}
      onClick={() => adopt(member)}
    >
      <ArrowUpFromLine size="0.875rem" aria-hidden />
      <span>{adopting === member ? 'Adopting…' : 'Adopt'}</span>
    </button>
  );
}
