import { Tooltip } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

interface TipProps {
  text: ReactNode;
  /** The key that does the same. */
  shortcut?: string;
  /** One element that can have focus. */
  children: ReactElement;
}

/** Says in a few words, on hover and on focus, what a control does. The control has a name of its own. */
export function Tip({ text, shortcut, children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="floating tip" sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut ? <kbd>{shortcut}</kbd> : null}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
