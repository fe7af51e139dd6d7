import { presets } from '../../engine/model/presets.ts';
import { choosePreset, edit, play, runTo, setMode, useRun } from '../state/run.ts';
import { chooseSpeed } from '../state/slow-motion.ts';
import type { StoryName } from './story-titles.ts';

interface StoryStep {
  readonly text: string;
  /** What takes the run there. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

function begin(preset: string): void {
  setMode({ learning: true, freeRun: false });
  chooseSpeed(null);
  choosePreset(presets.find(p => p.name === preset)!);
}

const train = (label: string, to: number) => ({
  label,
  run: () => {
    setMode({ learning: true, freeRun: false });
    chooseSpeed(null);
    runTo(to);
  },
});

const other = (label: string, preset: string, to: number) => ({
  label,
  run: () => {
    begin(preset);
    runTo(to);
  },
});

const dream = {
  label: 'Dream for 500 steps',
  run: () => {
    setMode({ freeRun: true });
    chooseSpeed(50);
    runTo(useRun.getState().step + 500);
  },
};

/**
 * What to watch in each story. The figures were measured on the CPU engine with seeds 1 to 3 unless a text says otherwise;
 * another seed or GPU takes another path to a like result.
 */
export const storySteps: Readonly<Record<StoryName, readonly StoryStep[]>> = {
  memory: [
    {
      text: 'One cell to a column: the network sees the present value, and nothing of what came before. Watch the error: it comes down to the no-memory floor and stays there, at a ratio of 1.01 to 1.08 after 4,000 steps.',
      action: train('Train to step 4,000', 4000),
    },
    {
      text: 'Now look at the prediction itself. The curve looks right! It is only late, because one value does not tell whether the wave rises or falls. That is why the ratio counts, and not the look.',
    },
    {
      text: 'The same wave with five cells to a column, and normalised overlaps: the cells of a column stand for the same value in different contexts, rising and falling. At step 4,000 the ratio is about 0.08.',
      action: other('With memory: Sine, to step 4,000', 'sine', 4000),
    },
  ],
  'dead-columns': [
    {
      text: 'Nothing keeps columns in use here. Watch “Columns and bursts”: 13 or 14 of 256 ever win. The others lost at first, so they never learned, so they go on losing: dead columns.',
      action: train('Train to step 4,000', 4000),
    },
    {
      text: 'The map of duty cycles, on the right below, shows them: a few squares are coloured, all others empty. Two sines need more than that to be told apart, and the ratio stays at 0.53 to 0.59.',
    },
    {
      text: 'The same wave with homeostasis: overlaps are normalised, and a conscience lifts columns that win too rarely. Over 100 columns take part, and the ratio is half as large: 0.28.',
      action: other('With homeostasis: Two sines, to step 4,000', 'two-sines', 4000),
    },
  ],
  bursting: [
    {
      text: 'Sequences of symbols: A-B-C-D or X-B-C-Y, by the toss of a coin. At first next to nothing bursts, because every cell still expects a little of everything.',
      action: train('Train to step 300', 300),
    },
    {
      text: 'While it learns what follows what, more and more winners burst: an eighth to a fifth by step 4,000. And yet it is right every time that something can be known.',
      action: train('Train to step 4,000', 4000),
    },
    {
      text: 'Look which ones burst: of the winners for A and X about half or more, and for all other symbols few or none. What comes after a sequence is the coin’s to say; no cell foretells it, so it comes as a surprise, and its column bursts. The network has learned what cannot be known.',
      action: {
        label: 'Slowly: 5 steps a second',
        run: () => {
          chooseSpeed(5);
          play();
        },
      },
    },
    {
      text: 'Swap the endings: D and Y change places. For a few dozen symbols it is wrong after C; 200 steps later it is right again.',
      action: {
        label: 'Swap the endings',
        run: () => {
          const { signal } = useRun.getState().edited;
          edit('signal.endings', signal.endings === 'plain' ? 'swapped' : 'plain');
          chooseSpeed(50);
          play();
        },
      },
    },
  ],
  divergence: [
    {
      text: 'A learning rate of 5, where 0.7 is best: each step goes further than would cancel the error. Watch the error and the bursts grow; within a thousand steps it diverges, and the page pauses and says so.',
      action: train('Train', 2000),
    },
    {
      text: 'The cure: press “Go back and halve the learning rate” in the notice. From the last good state it goes on with 2.5. That holds, but it does not settle: at step 4,000 the ratio is still 0.28 or 0.29, and 1 to 6% of the winners burst.',
    },
    {
      text: 'Half of that again, and it learns: about 0.03 by step 10,000.',
      action: {
        label: 'Set the rate to 1.25, to step 10,000',
        run: () => {
          edit('learningRate', 1.25);
          chooseSpeed(null);
          runTo(10_000);
        },
      },
    },
    {
      text: 'Some of the damage stays: 1 to 3% of the winners still burst. Begun at the right rate, no column bursts, and the ratio ends near 0.02.',
      action: other('From the start at 0.7: Sine, to step 10,000', 'sine', 10_000),
    },
  ],
  dream: [
    {
      text: 'Only what has learned the wave can draw it by itself. After 500 steps the network follows the signal already, but knows little.',
      action: train('Train to step 500', 500),
    },
    {
      text: 'Dream: each input is now its own last prediction. It draws some wave, but not this one: over 500 steps its error is 0.9 to 1.2, and an answer of all zeros would have 0.7.',
      action: dream,
    },
    {
      text: 'Wake it, and let it learn on.',
      action: train('Wake, and train to step 10,000', 10_000),
    },
    {
      text: 'Dream again. Now it keeps the height, and the period within 0.3%: its error over 500 steps stays below 0.1. Of two other seeds one does better, with 0.01, and one dreams of 52 steps to a cycle, not 50: which it will be, rounding decides.',
      action: dream,
    },
    {
      text: 'For comparison, plain gradient descent: its error while it learns ends lower, yet in a dream it comes to rest (measured with seed 1). It had followed the wave, not learned it.',
      action: other('Plain gradient descent, to step 10,000', 'plain-descent', 10_000),
    },
    { text: 'And its dream:', action: dream },
  ],
};
