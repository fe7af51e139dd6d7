import { useState } from 'react';
import { formatTick } from '../charts/figures.ts';
import { Panel } from '../shared/Panel.tsx';
import { useRun } from '../state/run.ts';
import { MemberDetail } from './MemberDetail.tsx';
import { Multiples } from './Multiples.tsx';
import { Ranking } from './Ranking.tsx';
import { SweepSetup } from './SweepSetup.tsx';
import { firstExample, readForm } from './sweep-form.ts';
import { select, useSweep } from './sweep-run.ts';
import './sweep.css';

/** Many networks that learn side by side, so that their settings can be compared. */
export function SweepView() {
  const form = useSweep(s => s.form);
  const settings = useRun(s => s.applied);
  const { status, started, report, selected } = useSweep();
  const [pointed, setPointed] = useState<number | null>(null);
  const reading = readForm(form, settings);
  const under = status !== 'idle' && status !== 'failed' ? started : null;
  const sweep = under?.sweep ?? reading.sweep;
  // A tile that went away under the pointer does not say so.
  const shown = report
    ? ([pointed, selected].find(m => m !== null && m < report.members.length) ?? report.ranking[0]!)
    : null;
  return (
    <div className="sweep">
      <div className="sweep-left">
        <SweepSetup reading={reading} />
      </div>
      <div className="sweep-center">
        {sweep ? (
          <Multiples
            sweep={sweep}
            steps={under?.steps ?? 1}
            report={under ? report : null}
            selected={selected}
            onSelect={select}
            onPoint={setPointed}
          />
        ) : (
          <Panel title="No networks yet" subtitle="They will stand here once the marked fields are put right">
            {null}
          </Panel>
        )}
      </div>
      <div className="sweep-side">
        {under && report && shown !== null ? (
          <>
            <MemberDetail started={under} report={report} member={shown} />
            <Ranking started={under} report={report} shown={shown} onPoint={setPointed} />
          </>
        ) : (
          <About />
        )}
      </div>
    </div>
  );
}

function About() {
  const form = useSweep(s => s.form);
  return (
    <Panel title="What a sweep is for" className="sweep-about">
      <p>
        How large should the learning rate be, and how much of a result is luck? A sweep answers by trying:
        networks that differ in one or two settings learn the present signal side by side, from the same first
        step. You see which learn, which crawl and which diverge, and can go on with the best one.
      </p>
      {form === firstExample ? (
        <p>
          A first example is filled in: {form.networks} learning rates from {formatTick(0.01)} to{' '}
          {formatTick(3)}. Press <b>Start sweep</b>.
        </p>
      ) : null}
    </Panel>
  );
}
