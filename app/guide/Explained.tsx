import { Popover, Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { WithTerms } from './WithTerms.tsx';
import './explained.css';

interface ExplainedProps {
  /** What is explained. */
  name: string;
  /** Paragraphs; a false one is left out. */
  texts: readonly (string | false)[];
  className: string;
  side?: 'top' | 'bottom';
  /** Called when the explanation is about to show: texts may come then. */
  onAsk?: () => void;
  /** What the button shows, where that is not the name. */
  children?: ReactNode;
}

/**
 * A button with an explanation: shown on hover and on focus; pressed, or tapped, it stays and its terms can be looked up.
 */
export function Explained({ name, texts, className, side = 'top', onAsk, children }: ExplainedProps) {
  const [pointed, setPointed] = useState(false);
  const [pressed, setPressed] = useState(false);
  const point = (open: boolean) => {
    if (open) onAsk?.();
    setPointed(open);
  };
  const press = (open: boolean) => {
    if (open) onAsk?.();
    setPressed(open);
  };
  const shown = texts.filter(text => text !== false);
  return (
    <Popover.Root open={pressed} onOpenChange={press}>
      <Tooltip.Root open={pointed && !pressed} onOpenChange={point} delayDuration={150}>
        <Tooltip.Trigger asChild>
          <Popover.Trigger className={className} {...(children ? { 'aria-label': `About ${name}` } : {})}>
            {children ?? name}
          </Popover.Trigger>
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            className="explained"
            side={side}
            align="start"
            sideOffset={4}
            collisionPadding={12}
          >
            {shown.map(text => (
              <p key={text}>{text}</p>
            ))}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
      <Popover.Portal>
        <Popover.Content
          className="explained"
          side={side}
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label={name}
          onOpenAutoFocus={event => {
            // The text is what was asked for; the first term in it comes after.
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
        >
          {shown.map(text => (
            <p key={text}>
              <WithTerms text={text} onLookUp={() => setPressed(false)} />
            </p>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
