import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { dismiss, type Notice, useRun } from '../state/run.ts';
import './notices.css';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert };

/** What a person should know about the run, above everything that it is about. */
export function Notices() {
  const notices = useRun(s => s.notices);
  return (
    <div className="notices">
      {notices.map(notice => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeLine({ notice: { id, tone, title, text, action, other } }: { notice: Notice }) {
  const Icon = icons[tone];
  return (
    <div className={`notice notice-${tone}`} role={tone === 'error' ? 'alert' : 'status'} data-notice={id}>
      <Icon size="1rem" aria-hidden />
      <p>
        <strong>{title}.</strong> {text}
      </p>
      {[action, other].map(choice =>
        choice ? (
          <button key={choice.label} type="button" className="notice-action" onClick={choice.run}>
            {choice.label}
          </button>
        ) : null,
      )}
      <button
        type="button"
        className="notice-close"
        aria-label={`Dismiss: ${title}`}
        onClick={() => dismiss(id)}
      >
        <X size="1rem" aria-hidden />
      </button>
    </div>
  );
}
