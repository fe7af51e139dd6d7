import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { closeGuide } from './guide-state.ts';
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
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes it by Escape
    <dialog
      ref={dialog}
      className={`guide-dialog ${className}`}
      aria-labelledby={id}
      onClose={closeGuide}
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
            <X size={16} aria-hidden />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
