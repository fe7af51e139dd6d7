import { useState } from 'react';
import { Panel } from '../shared/Panel.tsx';
import { useRun } from '../state/run.ts';
import { MemberDetail } from './MemberDetail.tsx';
import { Multiples } from './Multiples.tsx';
import { Ranking } from './Ranking.tsx';
import { SweepSetup } from './SweepSetup.tsx';
import { readForm } from './sweep-form.ts';
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
  const shown = report ? (pointed ?? selected ?? report.ranking[0]!) : null;
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
        ) : null}
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
  return (
    <Panel title="What a sweep is for" className="sweep-about">
      <p>
        How large should the learning rate be, and how much of a result is luck? A sweep answers by trying:
        networks that differ in one or two settings learn the present signal side by side, from the same first
        step. You see which learn, which crawl and which diverge, and can go on with the best one.
      </p>
      <p>
        A first example is filled in: 16 learning rates from 0.01 to 3. Press <b>Start sweep</b>.
      </p>
    </Panel>
  );
}
