/**
 * What each setting does, or what a larger value does, in a line. Apart from the parameters themselves, because a page
 * needs them only when it is asked.
 */
export const explanations: Readonly<Record<string, string>> = {
  'signal.wave':
    'The shape of the signal. The network is given one value, or symbol, a step and predicts the next.',
  'signal.period':
    'Steps in one cycle. In a shorter cycle each step moves further, so there is more to predict.',
  'signal.amplitude': 'Height of the peaks. The encoder’s starting weights suit values between -1 and 1.',
  'signal.noise': 'Standard deviation of random noise added to each value. Nothing can predict that part.',
  inputs:
    'Copies of the wave seen at once, spread over half a cycle: two tell rising from falling. Symbols have one each.',
  'signal.endings':
    'Swapped: what followed A now follows X, and the other way round. Used by high-order symbols.',
  encoder:
    'Units in each fully connected ReLU layer. They turn the value into a pattern that columns compete over.',
  encoderRate:
    'Encoder and pooler learn at this share of the learning rate: columns should hold still while the memory learns them.',
  columns: 'Columns that compete to stand for the input. More of them tell more inputs apart, and cost time.',
  winners: 'Columns that win each step and become active; all others stay silent. 5 of 256 is 2%.',
  winnerActivation:
    'Linear: a winner passes its full score on. Thresholded: only its lead over the best loser.',
  homeostasis:
    'What keeps columns in use: normalising their overlaps, boosting those that rarely win, or nothing.',
  homeostasisRate:
    'How fast the running mean and variance of a column’s overlap follow it. Used by normalise.',
  boostStrength: 'How much a column that rarely wins is favoured when winners are chosen. Used by boost.',
  conscience:
    'A lift for columns that win less than their share, as winners are chosen; what they pass on stays the same.',
  dutyRate:
    'How fast a column’s duty cycle, its share of recent wins, forgets. Boost and conscience act on it.',
  cellsPerColumn:
    'A column’s cells stand for the same input in different contexts. With one cell there is no context.',
  unroll:
    'How many steps back in time the error goes, through the gates to the cells that made the predictions.',
  readout: 'Which cells the decoder sees: those predicted to fire next, or those that fire now.',
  prediction:
    'The next value itself, or the change to it: then “no change” is where it starts from, and the cells need not copy.',
  decoder: 'Units in each fully connected ReLU layer between the cells and the predicted value.',
  optimizer:
    'How gradients change the weights. Normalised: SGD with steps sized so that a rate of 1 would cancel the error.',
  learningRate: 'The size of each update. Too small learns slowly; too large never settles, or diverges.',
  finalRate:
    'The share of the rate left in the end. Smaller ends more exact, adapts more slowly, and suits signals that are part chance.',
  decay: 'Steps in which the learning rate goes half of the way to its final share. 0 keeps it as it is.',
  memoryRate: 'The temporal memory learns at this multiple of the learning rate.',
  biasRate:
    'Biases of memory and decoder learn at this share of the rate: a small one keeps them from following the signal.',
  warmup: 'The learning rate rises from zero over this many steps, while the columns’ statistics settle.',
  inputNoise:
    'Noise on what it is given while it learns, not on what it should say: it learns to correct itself, as dreams need.',
  finalInputNoise: 'What the input noise falls to. It limits how exact a prediction can become.',
  inputNoiseSteps:
    'Steps in which the input noise goes from its first to its final level, in a straight line.',
  errorClip: 'Limits the error that is sent back, so that one surprise does not undo much. 0 means no limit.',
  beta1: 'How long past gradients keep pushing: 0.9 reaches back about 10 steps. Used by momentum and Adam.',
  beta2:
    'How long the size of gradients is remembered: 0.999 is about 1,000 steps. Used by RMSProp and Adam.',
  epsilon: 'Larger values restrain steps where gradients are tiny. Used by RMSProp, Adam and normalised.',
  seed: 'Where the random numbers start. The same seed and settings give the same run.',
};
