import { Check, Link } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { Tip } from '../shared/Tip.tsx';
import { linkToRun } from '../state/address-bar.ts';
import './copy-link.css';

const confirmedMilliseconds = 2500;

/** Copies a link to the run's settings; where the browser lets no page copy, it shows the link to be copied by hand. */
export function CopyLink() {
  const [copied, setCopied] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), confirmedMilliseconds);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    const link = linkToRun();
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      setShown(link);
    }
  };

  const Icon = copied ? Check : Link;
  return (
    <Popover.Root open={shown !== null} onOpenChange={() => setShown(null)}>
      <Popover.Anchor asChild>
        <span className="copy-link">
          <Tip text="Copy a link that starts this run from step 0, with all its settings and its seed">
            <button type="button" className="button" onClick={copy}>
              <Icon size={15} aria-hidden />
              Copy link
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
