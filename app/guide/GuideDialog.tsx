import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { closeGuide, useGuide } from './guide-state.ts';
import './guide-dialog.css';

interface GuideDialogProps {
  title: string;
  className: string;
  children: ReactNode;
}

/** A sheet at the page's right side, in front of everything; the run goes on behind it, and can be seen. */
export function GuideDialog({ title, className, children }: GuideDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [part] = useState(() => useGuide.getState().part);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  // Browsers tell of a closed dialog a little later: another part may be open by then.
  const closed = () => {
    if (useGuide.getState().part === part) closeGuide();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes it by Escape
    <dialog
      ref={dialog}
      className={`guide-dialog ${className}`}
      aria-labelledby={id}
      onClose={closed}
      onClick={event => {
        // What surrounds the sheet counts as the dialog itself.
        if (event.target === event.currentTarget) dialog.current?.close();
      }}
    >
      <div className="guide-dialog-body">
        <div className="guide-dialog-header">
          <h2 id={id}>{title}</h2>
          <button
            type="button"
            className="button button-icon"
            aria-label="Close"
            onClick={() => dialog.current?.close()}
          >
            <X size="1rem" aria-hidden />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
