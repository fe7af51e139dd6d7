import { type ReactNode, useId } from 'react';
import { WithTerms } from '../guide/WithTerms.tsx';
import './panel.css';

interface PanelProps {
  title: string;
  /** One line that says what is to be seen here. */
  subtitle?: ReactNode;
  /** Controls that belong to this panel, at its top right. */
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** Words that panels use of their plots, too: a column of a picture is no column of the network. */
const plotWords = ['column', 'cell'];

/** A titled region of the page. */
export function Panel({ title, subtitle, actions, className = '', children }: PanelProps) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header className="panel-header">
        <div>
          <h2 id={id}>{title}</h2>
          {subtitle ? (
            <p className="panel-subtitle">
              {typeof subtitle === 'string' ? <WithTerms text={subtitle} known={plotWords} /> : subtitle}
            </p>
          ) : null}
        </div>
        {actions ? <div className="panel-actions">{actions}</div> : null}
      </header>
      {children}
    </section>
  );
}
