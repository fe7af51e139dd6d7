import { table } from './table.ts';

export interface Attempt {
  what: string;
  /** What was seen, with its numbers: ratios to persistence at 10,000 steps unless it says otherwise. */
  seen: string;
  kept: boolean;
}

/** Not measured by this study, but on the way to its default preset, with a throwaway native program of the same model. */
export const attempts: readonly Attempt[] = [
  {
    what: 'Predicting the change from the present value instead of the value',
    seen: 'period 62.83: 0.16 to 0.056, and at 1,000 steps 4.8 to 0.77',
    kept: true,
  },
  {
    what: 'Normalised steps of memory and decoder',
    seen: 'the second largest gain; no figure kept',
    kept: true,
  },
  {
    what: 'Slow column statistics, rate 0.01 to 0.001',
    seen: 'frozen 0.319 to 0.105, free run over 100 steps 0.99 to 0.22',
    kept: true,
  },
  {
    what: 'Wider spread of the first biases of the encoder, variance 0.25 to 4',
    seen: 'the fourth largest gain; no figure kept',
    kept: true,
  },
  {
    what: 'Small first memory weights, and small positive biases',
    seen: 'the fifth largest gain; no figure kept',
    kept: true,
  },
  {
    what: 'Slower biases, a tenth of the rate',
    seen: 'biases no longer follow the signal; no figure kept',
    kept: true,
  },
  {
    what: 'Learning rate that decays to a fifth',
    seen: 'a smaller gain than those above; no figure kept',
    kept: true,
  },
  {
    what: 'Noise in what a learning network is given, with slow statistics',
    seen: 'period 50, free run over 100 steps: RMSE 0.78 to 0.007',
    kept: true,
  },
  {
    what: 'Gradient four steps back instead of one',
    seen: 'pays on two sines: 0.173; with the gradient stopped at the gate two sines have 0.62',
    kept: true,
  },
  {
    what: 'Fast or strong conscience',
    seen: '200 to 256 columns in use, but 0.08 to 0.28',
    kept: false,
  },
  {
    what: '`thresholded` winners without normalised overlaps',
    seen: 'becomes a linear extrapolator: 0.12 at 1,000 steps, then stuck at 2π / 62.83',
    kept: false,
  },
  { what: 'Both readouts at once', seen: '0.11', kept: false },
  { what: 'Readout of active cells alone', seen: '0.086', kept: false },
  { what: 'Predictive cells that favour their columns', seen: 'did not pay; no figure kept', kept: false },
  { what: 'A faster encoder', seen: 'did not pay; no figure kept', kept: false },
  {
    what: 'A tenth to a fifth of inputs from its own predictions',
    seen: 'did not pay; no figure kept',
    kept: false,
  },
  { what: 'A gate mixed with equal shares', seen: 'did not pay; no figure kept', kept: false },
];

export const attemptTable = (): string =>
  table(
    ['what', 'kept', 'what was seen'],
    attempts.map(({ what, seen, kept }) => [what, kept ? 'yes' : 'no', seen]),
  );
