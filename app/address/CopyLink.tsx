import { Check, Link } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Tip } from '../shared/Tip.tsx';
import './copy-link.css';

interface CopyLinkProps {
  /** The link, made when it is asked for. */
  link: () => string;
  /** What a screen reader calls the button, where that is not its text. */
  name?: string;
  className?: string;
  children?: ReactNode;
}

const confirmedMilliseconds = 2500;

/** Copies a link to a run's settings; where the browser lets no page copy, it shows the link to be copied by hand. */
export function CopyLink({ link, name, className = '', children }: CopyLinkProps) {
  const [copied, setCopied] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), confirmedMilliseconds);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    const text = link();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setShown(text);
    }
  };

  const Icon = copied ? Check : Link;
  return (
    <Popover.Root open={shown !== null} onOpenChange={() => setShown(null)}>
      <Popover.Anchor asChild>
        <span className="copy-link">
          <Tip text="Copy a link that starts this run from step 0, with all its settings and its seed">
            <button type="button" className={`button ${className}`} aria-label={name} onClick={copy}>
              <Icon size="0.9375rem" aria-hidden />
              {children}
            </button>
          </Tip>
          <span className="visually-hidden" role="status">
            {copied ? 'Link copied' : ''}
          </span>
        </span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="floating copy-link-panel"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Link to this run"
          onOpenAutoFocus={event => {
            event.preventDefault();
            field.current?.select();
          }}
        >
          <label>
            The browser does not let this page copy. Copy the link from here:
            <input ref={field} className="field" readOnly value={shown ?? ''} />
          </label>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
