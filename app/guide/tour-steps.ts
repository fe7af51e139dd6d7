import { formatCount } from '../charts/figures.ts';
import { live } from '../state/live.ts';
import { pin, play, reset, runTo, setMode, useRun } from '../state/run.ts';
import { chooseSpeed } from '../state/slow-motion.ts';

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** What is looked at. */
  readonly target: string;
  /** Where its caption stands, if there is room. */
  readonly side: 'left' | 'right' | 'bottom' | 'top';
  /** What the run does meanwhile; `step` is where it stood as this began. */
  readonly doing: (step: number) => string;
  /** Makes the run do it. @returns what undoes it */
  readonly enter: () => () => void;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const nothing = () => {};

/** Trains on to `goal`, or just on where that is done. */
const training = (goal: number): Pick<TourStep, 'doing' | 'enter'> => ({
  doing: step =>
    step < goal
      ? `It trains up to step ${formatCount(goal)} now.`
      : `Step ${formatCount(goal)} is done already; it trains on.`,
  enter() {
    if (useRun.getState().step < goal) runTo(goal);
    else play();
    return nothing;
  },
});

export const tourSteps: readonly TourStep[] = [
  {
    title: 'One value in, one prediction out',
    text: 'This is all of the network, at work on your machine. A value enters at one end; the encoder spreads it out; columns compete, and a few of many win. The cells in them know what came before, and at the other end the decoder says what comes next.',
    target: '.network',
    side: 'right',
    doing: () => 'It is slowed down to five steps a second for now.',
    action: { label: 'Begin again from step 0', run: reset },
    enter() {
      const { speed } = useRun.getState();
      chooseSpeed(5);
      play();
      return () => chooseSpeed(speed);
    },
  },
  {
    title: 'What it says, on what then came',
    text: 'Grey is the signal, coloured is what the network expected one step before. After every step the error flows back through all of it, and each weight that had a part in it learns a little.',
    target: '.live-strip',
    side: 'top',
    ...training(1000),
  },
  {
    title: 'Looking right is not enough',
    text: 'Repeating the last value draws a fine curve, too. That is persistence, the upper line; the other is about the best that can be done without memory. What counts is to get below them. On the default sine the ratio is near 0.07 at step 4,000.',
    target: '.plot-panel:has(.error-plot-area)',
    side: 'left',
    ...training(4000),
  },
  {
    title: 'Every column can be asked',
    text: 'Here stands how often a column wins, which inputs it stands for, and which cells its own cells listen to. Click any column of the network to pin that one.',
    target: '.panel.column',
    side: 'left',
    doing: () => 'One that won just now is pinned.',
    enter() {
      const { pinned } = useRun.getState();
      const { steps } = live;
      const winner = steps.end > steps.first ? steps.winners[steps.at(steps.end - 1) * steps.winnerCount] : 0;
      if (pinned === null) pin(winner ?? 0);
      play();
      return () => pin(pinned);
    },
  },
  {
    title: 'Freeze it, or let it dream',
    text: 'In a dream each input is the network’s own last prediction, and nothing is learned. What it has understood of the wave it goes on drawing; what it has only followed, it loses. Freeze, beside Dream at the top, holds the weights still and leaves the signal.',
    target: '.live-strip',
    side: 'top',
    doing: () => 'It dreams now, at 50 steps a second.',
    enter() {
      const { speed, mode } = useRun.getState();
      setMode({ freeRun: true });
      chooseSpeed(50);
      play();
      return () => {
        setMode({ freeRun: mode.freeRun });
        chooseSpeed(speed);
      };
    },
  },
  {
    title: 'Change anything',
    text: 'Every setting is explained beside it; a live one takes effect at once, any other with a restart. The list of presets ends in stories, such as “What bursting does”. At the top, Inside shows what cells and weights do, Moment goes back in time, and the guide has the glossary, the keys and this tour.',
    target: '.settings',
    side: 'right',
    ...training(10_000),
  },
];
