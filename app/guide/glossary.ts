export interface GlossaryEntry {
  readonly id: string;
  readonly name: string;
  /** What it is, in this network. Terms in it can be looked up. */
  readonly text: string;
  /** How it differs from the HTM of the literature, or what to beware of. */
  readonly note?: string;
}

/** In alphabetical order, as a person looks for them. */
export const glossary: readonly GlossaryEntry[] = [
  {
    id: 'active-cell',
    name: 'Active cell',
    text: 'A cell of a winning column that carries a share of the column’s activation: as large a share as it was expected to have one step before. All other cells are 0.',
    note: 'In HTM a cell is active or not. Here it has a decimal value, as in the 2019 post.',
  },
  {
    id: 'anomaly',
    name: 'Anomaly',
    text: 'An input that the network did not expect. Two things tell: the prediction error, and the share of winners that burst.',
  },
  {
    id: 'backpropagation',
    name: 'Backpropagation',
    text: 'The way in which the error of a prediction is sent back through all layers, so that each weight learns how it contributed. HTM itself learns by local, Hebbian rules; learning it by backpropagation is what DeepHTM is about.',
  },
  {
    id: 'boosting',
    name: 'Boosting',
    text: 'A form of homeostasis: columns that win less than their share are favoured when winners are chosen, by a factor that grows with what they lack. What they pass on stays as it was.',
  },
  {
    id: 'bursting',
    name: 'Burst',
    text: 'What a winning column does when none of its cells was predictive: it came as a surprise, so its activation is divided among all of its cells alike. It says “this, in no context that I know”.',
    note: 'Bursting can be a sign of something learned: see the story “What bursting does”.',
  },
  {
    id: 'cell',
    name: 'Cell',
    text: 'A model neuron of the temporal memory, with two values: how active it is now, and how much it expects to be active next. A column’s cells share its input, and differ in what came before.',
  },
  {
    id: 'column',
    name: 'Column, or minicolumn',
    text: 'A group of cells that share one input. It stands for a feature of what comes in; which of its cells are active says in what context. 256 columns here, unless you change it.',
  },
  {
    id: 'conscience',
    name: 'Conscience',
    text: 'A lift for columns that win less than their share, as winners are chosen: largest for one that never wins, and nothing for one that has its share. Measured here, it costs a little accuracy and doubles the columns in use.',
  },
  {
    id: 'context',
    name: 'Context',
    text: 'What came before. The same input in another context makes the same columns win, but other cells in them active. With one cell to a column there is no context.',
  },
  {
    id: 'decoder',
    name: 'Decoder',
    text: 'Two layers that turn the cells into the predicted value. Which cells it sees is the readout.',
  },
  {
    id: 'distal-weight',
    name: 'Distal weight',
    text: 'A weight from an active cell to a cell that it helps to predict for the next step. They are the temporal memory: “when you are active, I expect to be next”.',
    note: 'In HTM they lie on dendritic segments with thresholds. Here they are one matrix, cells by cells.',
  },
  {
    id: 'divergence',
    name: 'Divergence',
    text: 'Learning that makes the error grow instead of fall, until numbers overflow. The cause is mostly a learning rate that is too large. The page notices, pauses, and offers to go back.',
  },
  {
    id: 'duty-cycle',
    name: 'Duty cycle',
    text: 'The share of the last 1,000 steps at which a column won. If all took turns, each would have winners ÷ columns: 2% here. Boosting and conscience go by a slower mean of the same, which begins at that share.',
  },
  {
    id: 'encoder',
    name: 'Encoder',
    text: 'Fully connected layers that turn the input value into a pattern over which columns compete. HTM has fixed encoders; this one could learn, though what it learns helps little on a single sine.',
  },
  {
    id: 'entropy',
    name: 'Entropy',
    text: 'How evenly columns are used: 1 when each wins as often as any other, near 0 when few win always.',
  },
  {
    id: 'free-run',
    name: 'Free run, or dream',
    text: 'The network is fed its own predictions instead of the signal, and does not learn. Errors feed on themselves, so it is the hardest test: what has learned the wave goes on drawing it, what has only followed it comes to rest or drifts away.',
  },
  {
    id: 'freeze',
    name: 'Freeze',
    text: 'Weights and running statistics stand still while activity goes on. What still predicts well then has its memory in the cells, not in weights that chase the signal.',
  },
  {
    id: 'gate',
    name: 'Gate',
    text: 'What decides how a winner’s activation is divided among its cells: in proportion to how predictive each was one step before, or in equal shares where none was. The shares always sum to 1, so decimal activity can neither grow without end nor fade.',
  },
  {
    id: 'gradient',
    name: 'Gradient',
    text: 'How much the error would change with each weight; learning goes against it. Only winners pass it on, as in max pooling.',
  },
  {
    id: 'high-order',
    name: 'High-order sequence',
    text: 'One in which the present does not tell what comes next, but something further back does. In A-B-C-D and X-B-C-Y, what follows C depends on what came two symbols before it.',
  },
  {
    id: 'homeostasis',
    name: 'Homeostasis',
    text: 'What keeps columns in use. Without it a few win always and learn, and the others never get the chance: dead columns.',
  },
  {
    id: 'htm',
    name: 'HTM, Hierarchical Temporal Memory',
    text: 'A theory of how the neocortex learns sequences, by Jeff Hawkins and Numenta: sparse columns stand for the input, and the cells in them for its context. “About” names the papers.',
  },
  {
    id: 'inhibition',
    name: 'Inhibition',
    text: 'Columns compete, and all but the strongest are silenced. Here it is global: the five best of all 256 win.',
  },
  {
    id: 'input-noise',
    name: 'Input noise',
    text: 'A little noise on what the network is given while it learns, and not on what it should say. It learns to come back to the wave from beside it, which is where its own predictions put it when it dreams.',
  },
  {
    id: 'learning-rate',
    name: 'Learning rate',
    text: 'How far each update goes. Too small learns slowly, too large never settles, and larger still diverges.',
  },
  {
    id: 'loss',
    name: 'Loss',
    text: 'What training makes smaller: the mean of the squared prediction error. RMSE is its square root.',
  },
  {
    id: 'no-memory-floor',
    name: 'No-memory floor',
    text: 'About the best that fixed weights can do from the present value alone. On a sine it is hardly better than persistence, since one value does not tell rising from falling. Below it there is memory.',
  },
  {
    id: 'normalise',
    name: 'Normalise',
    text: 'The form of homeostasis used by default: each column’s overlap is measured against its own running mean and spread, so that columns win when they are higher than usual, not because they are always high.',
  },
  {
    id: 'normalised-step',
    name: 'Normalised step',
    text: 'An update as long as a rate of 1 would need to cancel the present error, to first order. One learning rate then does for signals of any kind.',
  },
  {
    id: 'online',
    name: 'Online learning',
    text: 'One input, one prediction and one update a step, and never the same stretch twice. There is no data set and there are no epochs.',
  },
  {
    id: 'optimiser',
    name: 'Optimiser',
    text: 'The rule that turns gradients into changes of weights: plain descent (SGD), with momentum, scaled by what gradients usually are (RMSProp, Adam), or with the normalised step.',
  },
  {
    id: 'overlap',
    name: 'Overlap',
    text: 'How well the input fits a column: the weighted sum of what the encoder says. Columns compete by it, after homeostasis.',
    note: 'In HTM it counts connected synapses. Here it is a decimal number.',
  },
  {
    id: 'permanence',
    name: 'Permanence',
    text: 'How firmly a synapse is grown, in HTM: above a threshold it is connected, and learning moves it up or down. There is none here. Weights are decimal numbers, and their gradient moves them.',
  },
  {
    id: 'persistence',
    name: 'Persistence',
    text: 'The prediction “the next value is the present one”. It learns nothing and draws a curve that looks right on any smooth wave. It is what every error here is measured against.',
  },
  {
    id: 'predictive-cell',
    name: 'Predictive cell',
    text: 'A cell that expects its column to win in the next step: the distal weights from the active cells bring it above 0. If its column does win, it becomes the active one.',
  },
  {
    id: 'ratio',
    name: 'Ratio',
    text: 'The RMSE divided by that of persistence over the same steps. 1 is no better than repeating the last value, 0.1 ten times better. A ratio can be compared between signals, an RMSE cannot.',
  },
  {
    id: 'readout',
    name: 'Readout',
    text: 'Which cells the decoder sees: those that are predictive, which already say what comes next, or those that are active.',
  },
  {
    id: 'rmse',
    name: 'RMSE, root mean squared error',
    text: 'The typical size of the prediction error over a window, here 1,000 steps, in units of the signal.',
  },
  {
    id: 'seed',
    name: 'Seed',
    text: 'Where the random numbers start. The same seed and settings give the same run; another seed shows what was luck.',
  },
  {
    id: 'snapshot',
    name: 'Snapshot',
    text: 'A picture of predicted against actual, taken as the run passes a step: 1,000, 4,000 and 10,000, as in the 2019 post.',
  },
  {
    id: 'sdr',
    name: 'Sparse distributed representation (SDR)',
    text: 'A pattern in which few of many units are active, and each takes part in many patterns: 5 of 256 columns here. Such patterns overlap little by chance, so one that looks alike means alike.',
  },
  {
    id: 'spatial-pooler',
    name: 'Spatial pooler',
    text: 'The part that turns an input into a sparse set of winning columns: overlap, homeostasis, inhibition.',
  },
  {
    id: 'step',
    name: 'Step',
    text: 'One input, one prediction, one update. A cycle of the default wave takes 50 of them.',
  },
  {
    id: 'temporal-memory',
    name: 'Temporal memory',
    text: 'The part that remembers: cells, gate and distal weights. From the cells that are active it foretells which will be.',
    note: 'The one of 2019 was never published. This is a reconstruction.',
  },
  {
    id: 'tuning-curve',
    name: 'Tuning curve',
    text: 'What a column would score for each possible input: what it stands for. Pin a column to see its own.',
  },
  {
    id: 'unroll',
    name: 'Unroll',
    text: 'How many steps back in time the gradient goes: through the gate to the cells that made the prediction, to the step before, and so on. 0 stops at the gate.',
  },
  {
    id: 'weight',
    name: 'Weight',
    text: 'A number by which one unit’s value counts in another’s sum. All that the network learns is in its weights: about two million, with the sizes of the 2019 post.',
  },
  {
    id: 'winner',
    name: 'Winner',
    text: 'A column that came out of inhibition. It becomes active and learns; all others stay silent.',
  },
];
