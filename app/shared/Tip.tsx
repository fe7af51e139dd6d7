import { Tooltip } from 'radix-ui';
import { type PointerEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';

interface TipProps {
  text: ReactNode;
  /** The key that does the same. */
  shortcut?: string;
  /** One element that can have focus. */
  children: ReactElement;
}

/** How long a finger rests on a control to ask what it does; less is a tap. */
const holdMilliseconds = 500;

/**
 * Says in a few words what a control does: on hover, on focus, and while a finger rests on it. The control has a name of
 * its own.
 */
export function Tip({ text, shortcut, children }: TipProps) {
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** The finger has rested: what comes when it lifts is no tap. */
  const asked = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  const touched = (event: PointerEvent) => {
    clearTimeout(timer.current);
    asked.current = false;
    if (event.pointerType !== 'touch') return;
    timer.current = setTimeout(() => {
      asked.current = true;
      setOpen(true);
    }, holdMilliseconds);
  };
  const lifted = () => clearTimeout(timer.current);

  return (
    <Tooltip.Root open={open} onOpenChange={setOpen}>
      <Tooltip.Trigger
        asChild
        onPointerDown={touched}
        onPointerUp={lifted}
        onPointerCancel={lifted}
        onClickCapture={event => {
          if (!asked.current) return;
          asked.current = false;
          event.preventDefault();
          event.stopPropagation();
        }}
        // A rested finger asks for an explanation here, not for the browser's own menu.
        onContextMenu={event => {
          if (open) event.preventDefault();
        }}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="floating tip" sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut ? <kbd>{shortcut}</kbd> : null}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
