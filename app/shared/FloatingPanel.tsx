import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';

interface FloatingPanelProps {
  /** What a screen reader calls it. */
  name: string;
  className: string;
  /** What the button shows. */
  button: ReactNode;
  buttonClassName?: string;
  disabled?: boolean;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

/** A button, and a panel that floats under it while it is open. */
export function FloatingPanel({
  name,
  className,
  button,
  buttonClassName = '',
  disabled = false,
  children,
  ...state
}: FloatingPanelProps) {
  return (
    <Popover.Root {...state}>
      <Popover.Trigger className={`button ${buttonClassName}`} disabled={disabled}>
        {button}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={`floating ${className}`}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={name}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
