import { measureWindow } from '../../engine/measure/run-measure.ts';
import { valuesAt } from '../../engine/population/sweep.ts';
import { formatCount, formatError, formatRatio, formatShare } from '../charts/figures.ts';
import { Panel } from '../shared/Panel.tsx';
import type { ProgressReport } from '../worker/sweep-protocol.ts';
import { AdoptButton } from './MemberDetail.tsx';
import type { Started } from './sweep-run.ts';
import { labelOf, nameOf, valueLabel } from './sweep-words.ts';

interface RankingProps {
  started: Started;
  report: ProgressReport;
  shown: number;
  onPoint: (member: number | null) => void;
}

/** All networks from the best to the worst; those that diverged are last. */
export function Ranking({ started: { sweep }, report, shown, onPoint }: RankingProps) {
  return (
    <Panel
      title="Ranking"
      subtitle={`By error over ${report.step > measureWindow ? `the last ${formatCount(measureWindow)}` : 'all'} steps`}
      className="sweep-ranking"
    >
      <div className="sweep-table" data-settings={sweep.length}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <abbr title="Rank">#</abbr>
              </th>
              {sweep.map(({ path }) => (
                <th key={path} scope="col">
                  {labelOf(path)}
                </th>
              ))}
              <th scope="col">RMSE</th>
              <th scope="col">
                <abbr title="RMSE over that of repeating the last value">Ratio</abbr>
              </th>
              <th scope="col">
                <abbr title="Columns that won in the last 1,000 steps">Cols</abbr>
              </th>
              <th scope="col">
                <abbr title="Share of winners that burst">Bursts</abbr>
              </th>
              <th scope="col">
                <span className="visually-hidden">Adopt</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {report.ranking.map((member, i) => {
              const { rmse, ratio, columnsInUse, burstRate, divergedAt } = report.members[member]!;
              return (
                <tr
                  key={nameOf(sweep, member)}
                  data-shown={shown === member || undefined}
                  onPointerEnter={() => onPoint(member)}
                  onPointerLeave={() => onPoint(null)}
                >
                  <td>{divergedAt === null ? i + 1 : '✕'}</td>
                  {valuesAt(sweep, member).map((value, a) => (
                    <td key={sweep[a]!.path}>{valueLabel(sweep[a]!.path, value)}</td>
                  ))}
                  {divergedAt === null ? (
                    <>
                      <td>{formatError(rmse)}</td>
                      <td>{ratio === null ? '–' : formatRatio(ratio)}</td>
                      <td>{formatCount(columnsInUse)}</td>
                      <td>{formatShare(burstRate)}</td>
                    </>
                  ) : (
                    <td colSpan={4} className="sweep-diverged">
                      diverged at step {formatCount(divergedAt)}
                    </td>
                  )}
                  <td>
                    <AdoptButton
                      member={member}
                      name={nameOf(sweep, member)}
                      diverged={divergedAt !== null}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
