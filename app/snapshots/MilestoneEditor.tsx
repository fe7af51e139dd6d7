import { Pencil, Plus, X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { defaultMilestones } from '../../engine/measure/run-measure.ts';
import { formatCount } from '../charts/figures.ts';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { setMilestones, useRun } from '../state/run.ts';
import { mostMilestones, parseMilestones } from './milestone-steps.ts';

interface Field {
  /** Keeps a field's place in the page while others come and go. */
  key: number;
  text: string;
}

const fieldsOf = (steps: readonly number[]): Field[] =>
  steps.map((step, key) => ({ key, text: formatCount(step) }));

/** Chooses the steps at which snapshots are taken. */
export function MilestoneEditor() {
  const [open, setOpen] = useState(false);
  return (
    <FloatingPanel
      name="Steps at which snapshots are taken"
      className="milestone-editor"
      buttonClassName="snapshots-button"
      button={
        <>
          <Pencil size="0.8125rem" aria-hidden />
          Steps
        </>
      }
      open={open}
      onOpenChange={setOpen}
    >
      <MilestoneForm onDone={() => setOpen(false)} />
    </FloatingPanel>
  );
}

function MilestoneForm({ onDone }: { onDone: () => void }) {
  const [fields, setFields] = useState(() => fieldsOf(useRun.getState().milestoneSteps));
  const [pressed, setPressed] = useState(false);
  const id = useId();
  const parsed = parseMilestones(fields.map(field => field.text));
  const problem = 'problem' in parsed ? parsed : null;
  // A field that is still being filled in is not wrong yet.
  const shown = problem && (pressed || fields[problem.index]?.text !== '') ? problem : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if ('problem' in parsed) return setPressed(true);
    setMilestones(parsed.steps);
    onDone();
  };

  return (
    <form onSubmit={submit} noValidate>
      <p>Take a snapshot at step</p>
      <ul>
        {fields.map((field, i) => (
          <li key={field.key}>
            <input
              className="field"
              inputMode="numeric"
              autoComplete="off"
              aria-label={`Step of snapshot ${i + 1}`}
              aria-invalid={shown?.index === i}
              aria-describedby={shown?.index === i ? id : undefined}
              value={field.text}
              onChange={event =>
                setFields(fields.map(f => (f.key === field.key ? { ...f, text: event.target.value } : f)))
              }
            />
            <button
              type="button"
              className="button button-icon"
              aria-label={`Remove snapshot ${i + 1}`}
              disabled={fields.length === 1}
              onClick={() => setFields(fields.filter(f => f.key !== field.key))}
            >
              <X size="0.875rem" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <div className="milestone-editor-row">
        <button
          type="button"
          className="button"
          disabled={fields.length >= mostMilestones}
          onClick={() => setFields([...fields, { key: Math.max(...fields.map(f => f.key)) + 1, text: '' }])}
        >
          <Plus size="0.875rem" aria-hidden />
          Add
        </button>
        <button type="button" className="button" onClick={() => setFields(fieldsOf(defaultMilestones))}>
          {defaultMilestones.map(step => `${step / 1000}k`).join(', ')}
        </button>
      </div>
      <p id={id} className="milestone-editor-problem" role="alert">
        {shown?.problem}
      </p>
      <button type="submit" className="button button-primary">
        Use these
      </button>
    </form>
  );
}
