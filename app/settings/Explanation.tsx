import { Info } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import { useState } from 'react';
import type { Parameter } from '../../engine/model/parameters.ts';

interface ExplanationProps {
  parameter: Parameter;
  /** It does nothing under the present choices. */
  idle: boolean;
}

/** What a setting does, on hover, on focus and at a tap. */
export function Explanation({ parameter, idle }: ExplanationProps) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Root open={open} onOpenChange={setOpen} delayDuration={150}>
      <Tooltip.Trigger
        type="button"
        className="setting-icon-button"
        aria-label={`About ${parameter.label}`}
        // By itself a tooltip closes when pressed, and so would never show on a touch screen.
        onPointerDown={event => event.preventDefault()}
        onClick={event => {
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Info size={13} aria-hidden />
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          className="setting-explanation"
          side="top"
          align="start"
          sideOffset={4}
          collisionPadding={12}
        >
          <p>{parameter.explanation}</p>
          {idle ? <p>It has no effect under the present choices. You can set it for later.</p> : null}
          <p className="setting-explanation-effect">
            {parameter.effect === 'live'
              ? 'Live: the running network takes it at once.'
              : 'Restart: a change waits until you start a new run.'}
          </p>
          <Tooltip.Arrow className="setting-explanation-arrow" />
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
