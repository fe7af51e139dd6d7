/** What a person will see of each preset, in a sentence. What it claims was measured with seeds 1 to 3, at 10,000 steps. */
export const presetStories: Readonly<Record<string, string>> = {
  sine: 'The wave of the 2019 post: 50 steps to a cycle. Repeats exactly, so 50 inputs are all it ever sees.',
  'sine-incommensurate':
    'A cycle of 62.83 steps: no value comes back for 6,283 steps, so it must generalise.',
  'sine-fast': 'A cycle of 31.7 steps: bigger jumps from step to step.',
  'two-sines': 'A slow and a 2.6 times faster sine, added: one value says little about the next.',
  'three-tones': 'Sines of 50, 23.7 and 13.1 steps, added: the sum comes back only after 5,000 steps.',
  'noisy-sine':
    'Noise a tenth as strong as the wave: even a perfect predictor would have half of persistence’s error. Its rate falls to a twentieth, because large steps learn noise.',
  'high-order':
    'A-B-C-D or X-B-C-Y, by the toss of a coin: only memory tells D from Y. Swap the endings while it runs. Its rate falls to a twentieth, because a coin cannot be learned.',
  'mackey-glass':
    'A series whose change depends on its value 17 steps ago. It never repeats, and is hard to foretell far ahead.',
  'plain-descent':
    'Learning as first reconstructed. Its error ends lowest, with 70 columns; but freeze it, and it all comes back: it chased the signal.',
  'active-readout':
    'The decoder reads the active cells, not the predictive ones: about four times as fast on the CPU, at twice the error.',
  boosting:
    'A bonus for columns that rarely win, instead of normalising: fewer take part, and the error is three times that of Sine.',
  'no-homeostasis':
    'Nothing keeps columns in use: only about 14 of 256 ever win. On a wave as plain as this that is enough.',
  'dead-columns':
    'Two sines, and nothing that keeps columns in use: 14 of 256 ever win, and the error is twice that of Two sines.',
  divergence:
    'A learning rate of 5, where 0.7 is best: within 1,000 steps the error grows beyond all reason.',
  'no-memory':
    'One cell a column, so no context, and no running means to remember by: the error stays near the no-memory floor.',
};
