import { Info } from 'lucide-react';
import { Popover } from 'radix-ui';

/** What is shown here, and how far it can be trusted. */
export function About() {
  return (
    <Popover.Root>
      <Popover.Trigger className="button">
        <Info size={15} aria-hidden />
        About
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="floating about"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="About DeepHTM Playground"
        >
          <p>
            A network reads one value of a signal, step by step, and predicts the next. An encoder feeds
            columns that compete; the cells of the winners remember the context; a decoder turns the cells
            that expect to fire next into a number. After every step the error flows back through all of it.
          </p>
          <p>
            In the plots, being close is not enough: the next value of a smooth wave is close to the present
            one. So errors are compared with two predictors that learn nothing, drawn as lines.
          </p>
          <p>
            The 2019 original was never published; this is a reconstruction from its description. Training
            runs in this page alone: nothing is sent anywhere.
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
