import { Info } from 'lucide-react';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';

/** What is shown here, and how far it can be trusted. */
export function About() {
  return (
    <FloatingPanel
      name="About DeepHTM Playground"
      className="about"
      button={
        <>
          <Info size={15} aria-hidden />
          About
        </>
      }
    >
      <p>
        A network reads one value of a signal, step by step, and predicts the next. An encoder feeds columns
        that compete; the cells of the winners remember the context; a decoder turns the cells that expect to
        fire next into a number. After every step the error flows back through all of it.
      </p>
      <h2>Why looking right is not enough</h2>
      <p>
        A smooth wave changes little from step to step. Just repeating the present value, which learns
        nothing, draws a curve that looks right too. That is <strong>persistence</strong>, the upper line in
        the error chart.
      </p>
      <p>
        One value does not tell whether a wave rises or falls. The <strong>no-memory</strong> line is about
        the best that fixed weights can do from the present value alone. What gets below it remembers: in its
        cells, in the columns’ running means, or by weights that keep following the signal.{' '}
        <strong>Freeze</strong> leaves only the cells. Try it with Sine, where the error stays low, and with
        Plain gradient descent, where it all comes back.
      </p>
      <p>
        The <strong>ratio</strong> is the error divided by that of persistence: 1 is no better than repeating,
        0.1 ten times better. Even then a sine shows that memory works, not that this network predicts best: a
        linear rule that knows the last two values is exact on it.
      </p>
      <p>
        The 2019 original was never published. The temporal memory here is a reconstruction from its
        description, and may differ from it. Training runs in this page alone: nothing is sent anywhere.
      </p>
    </FloatingPanel>
  );
}
