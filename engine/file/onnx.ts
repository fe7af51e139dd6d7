import { leastPrediction } from '../cpu/cells.ts';
import { leastVariance } from '../cpu/workspace.ts';
import { FileError } from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
import { cellCount, elementCount, learnedTensors } from '../model/tensors.ts';
import type { NetworkState } from '../network.ts';
import { encodeModel } from './onnx-format.ts';
import { GraphBuilder } from './onnx-graph.ts';

/** A message of protocol buffers ends there, and an ONNX file with its weights in it is one. */
const mostBytes = 2 ** 31 - 1;
/** A generous bound of all that is not weights. */
const besidesWeights = 2 ** 20;

/**
 * One step of a frozen network as an ONNX model: what `model.md` has under "A step, forward", with the column statistics
 * and duty cycles as they stand.
 *
 * In go `input` [inputs] and `state.predictive` [cells], which is zeros for a network that remembers nothing, the one
 * of a weights file, or `next.predictive` of the step before. Out come `prediction` [inputs], `next.predictive` and `active` [cells],
 * `winners` [winners] by descending preference, and `bursting`, how many of those burst.
 *
 * @throws FileError for a network above the 2 GB that such a file can hold, or one that has diverged
 */
export function encodeOnnx(
  config: NetworkConfig,
  state: NetworkState,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  refuseLarge(config);
  const g = new GraphBuilder();
  const held = (name: string, shape: readonly number[]): string => {
    const data = state.tensors.get(name);
    if (data?.length !== elementCount(shape))
      throw new FileError(
        `The state has no tensor "${name}" of shape [${shape}]. Was it saved with other settings?`,
      );
    if (!data.every(Number.isFinite))
      throw new FileError(
        `Tensor "${name}" holds a value that is not a finite number: the network diverged. Export an earlier step, or start again with a smaller learning rate.`,
      );
    return g.tensor(name, shape, data);
  };
  const cells = cellCount(config);
  const input = g.input('input', [config.inputs], 'What is seen now');
  const predictive = g.input(
    'state.predictive',
    [cells],
    'next.predictive of the step before; zeros for a network that remembers nothing',
  );
  const affine: Affine = (name, from, outputs, inputs, as) => {
    const weight = held(`${name}.weight`, [outputs, inputs]);
    const product = g.node(`${name}.product`, 'MatMul', [weight, from], [outputs]);
    return g.node(as, 'Add', [product, held(`${name}.bias`, [outputs])], [outputs]);
  };

  const overlap = overlaps(g, config, input, affine);
  const score = scores(g, config, overlap, held);
  const preference = preferences(g, config, score, held);
  const column = compete(g, config, score, preference);
  const active = activate(g, config, column, predictive);
  const sum = affine('memory', active, cells, cells, 'memory.sum');
  const next = g.node('next.predictive', 'Relu', [sum], [cells], { about: 'Cells that are expected next' });
  predict(g, config, config.readout === 'predictive' ? next : active, input, affine);

  return encodeModel(
    g.graph('DeepHTM, one step', 'Encoder, spatial pooler, temporal memory and decoder, without learning.', {
      prediction: 'What is expected to be seen next',
      'next.predictive': 'Give it back as state.predictive with the next input',
      active: 'Cells that are active now',
      winners: 'Columns that won, by descending preference',
      bursting: 'Winners that nothing had predicted',
    }),
    { config: JSON.stringify(config), ...metadata },
  );
}

type Held = (name: string, shape: readonly number[]) => string;
type Affine = (name: string, from: string, outputs: number, inputs: number, as: string) => string;

function refuseLarge(config: NetworkConfig): void {
  const bytes = learnedTensors(config).reduce((sum, { shape }) => sum + 4 * elementCount(shape), 0);
  if (bytes + besidesWeights > mostBytes)
    throw new FileError(
      `An ONNX file holds at most 2 GB, and this network's weights are ${(bytes / 1e9).toFixed(1)} GB. Download them as safetensors, or use fewer columns or cells.`,
    );
}

/** r = P h + p, behind the encoder's ReLU layers. */
function overlaps(
  g: GraphBuilder,
  { inputs, encoder, columns }: NetworkConfig,
  input: string,
  affine: Affine,
): string {
  let from = input;
  let width = inputs;
  encoder.forEach((units, i) => {
    const sum = affine(`encoder.${i}`, from, units, width, `encoder.${i}.sum`);
    from = g.node(`encoder.${i}`, 'Relu', [sum], [units]);
    width = units;
  });
  return affine('pooler', from, columns, width, 'overlap');
}

/** o = (r - m) / sqrt(v + 0.01) where columns are normalised. */
function scores(
  g: GraphBuilder,
  { homeostasis, columns }: NetworkConfig,
  overlap: string,
  held: Held,
): string {
  if (homeostasis !== 'normalise') return overlap;
  const mean = held('pooler.mean', [columns]);
  const least = g.number('pooler.leastVariance', leastVariance);
  const variance = g.node('variance', 'Add', [held('pooler.variance', [columns]), least], [columns]);
  const deviation = g.node('deviation', 'Sqrt', [variance], [columns]);
  const centred = g.node('overlap.centred', 'Sub', [overlap, mean], [columns]);
  return g.node('score', 'Div', [centred, deviation], [columns], {
    about: 'Overlaps, normalised by the mean and the variance that each column had',
  });
}

/** What winners are chosen by: scores, boosted and lifted where the settings say so. */
function preferences(
  g: GraphBuilder,
  { homeostasis, boostStrength, conscience, winners, columns }: NetworkConfig,
  score: string,
  held: Held,
): string {
  const boosts = homeostasis === 'boost' && boostStrength > 0;
  if (!boosts && conscience === 0) return score;
  const duty = held('pooler.duty', [columns]);
  const share = g.number('pooler.fairShare', winners / columns);
  let preference = score;
  if (boosts) {
    const lack = g.node('boost.lack', 'Sub', [share, duty], [columns]);
    const exponent = g.node(
      'boost.exponent',
      'Mul',
      [lack, g.number('boost.strength', boostStrength)],
      [columns],
    );
    const factor = g.node('boost.factor', 'Exp', [exponent], [columns]);
    preference = g.node('boosted', 'Mul', [preference, factor], [columns], {
      about: 'Columns that won less than their share are favoured',
    });
  }
  if (conscience > 0) {
    const part = g.node('conscience.won', 'Div', [duty, share], [columns]);
    const lack = g.node('conscience.lack', 'Sub', [g.number('one', 1), part], [columns]);
    const positive = g.node('conscience.positive', 'Relu', [lack], [columns]);
    const strength = g.number('conscience.strength', conscience);
    const lift = g.node('conscience.lift', 'Mul', [positive, strength], [columns]);
    preference = g.node('lifted', 'Add', [preference, lift], [columns], {
      about: 'Columns that won less than their share are lifted',
    });
  }
  return preference;
}

/** The winners, of equals those of lower index, and the columns' activations, which are 0 for losers. */
function compete(
  g: GraphBuilder,
  { columns, winners, winnerActivation }: NetworkConfig,
  score: string,
  preference: string,
): string {
  const thresholded = winnerActivation === 'thresholded';
  const ranks = thresholded ? winners + 1 : winners;
  const ranked = thresholded ? 'ranked' : 'winners';
  g.nodes(
    'TopK',
    [preference, g.integers('inhibition.count', [ranks])],
    [
      { name: `${ranked}.preference`, type: 'float', shape: [ranks] },
      { name: ranked, type: 'int64', shape: [ranks] },
    ],
    { attributes: { axis: 0, largest: 1, sorted: 1 }, about: 'The columns of the largest preferences win' },
  );
  if (thresholded) {
    const split = [
      { name: 'winners', type: 'int64', shape: [winners] },
      { name: 'loser', type: 'int64', shape: [1] },
    ] as const;
    g.nodes('Split', [ranked, g.integers('inhibition.split', [winners, 1])], split, {
      attributes: { axis: 0 },
    });
  }
  let activation = g.node('winners.score', 'Gather', [score, 'winners'], [winners]);
  if (thresholded) {
    const edge = g.node('loser.score', 'Gather', [score, 'loser'], [1]);
    activation = g.node('winners.lead', 'Sub', [activation, edge], [winners], {
      about: 'Only the lead over the best loser counts',
    });
  }
  const none = g.tensor('columns.none', [columns], new Float32Array(columns));
  return g.node('column', 'ScatterElements', [none, 'winners', activation], [columns], {
    attributes: { axis: 0 },
    about: 'Activations of the winners; 0 for all others',
  });
}

/** Each column's activation, shared among its cells by what they predicted, or equally where it bursts. */
function activate(g: GraphBuilder, config: NetworkConfig, column: string, predictive: string): string {
  const { columns, cellsPerColumn: m, winners } = config;
  const cells = [columns, m];
  const byColumn = g.node('predicted', 'Reshape', [predictive, g.integers('cells.shape', cells)], cells);
  const positive = g.node('predicted.positive', 'Relu', [byColumn], cells);
  const sum = g.node('predicted.sum', 'ReduceSum', [positive, g.integers('cells.axis', [1])], [columns, 1], {
    attributes: { keepdims: 1 },
  });
  const least = g.number('gate.leastPrediction', leastPrediction);
  const bursts = g.node('bursts', 'LessOrEqual', [sum, least], [columns, 1], {
    type: 'bool',
    about: 'Columns of which no cell was predicted',
  });
  // Nothing is divided by zero where the quotient is not used.
  const divisor = g.node('predicted.divisor', 'Max', [sum, least], [columns, 1]);
  const share = g.node('predicted.share', 'Div', [positive, divisor], cells);
  const gate = g.node('gate', 'Where', [bursts, g.number('gate.equal', 1 / m), share], cells);

  const flat = g.node('bursts.flat', 'Reshape', [bursts, g.integers('columns.shape', [columns])], [columns], {
    type: 'bool',
  });
  const burst = g.node('winners.burst', 'Gather', [flat, 'winners'], [winners], { type: 'bool' });
  const counted = g.node('winners.burst.count', 'Cast', [burst], [winners], {
    type: 'int64',
    attributes: { to: 7 },
  });
  g.node('bursting', 'ReduceSum', [counted], [], { type: 'int64', attributes: { keepdims: 0 } });

  const shape = [columns, 1];
  const tall = g.node('column.tall', 'Reshape', [column, g.integers('column.shape', shape)], shape);
  const shared = g.node('active.byColumn', 'Mul', [tall, gate], cells);
  const flatShape = g.integers('cells.flat', [columns * m]);
  return g.node('active', 'Reshape', [shared, flatShape], [columns * m]);
}

/** The decoder's layers, all but the last with ReLU; a predicted change is added to the input. */
function predict(
  g: GraphBuilder,
  { inputs, columns, cellsPerColumn, decoder, prediction }: NetworkConfig,
  read: string,
  input: string,
  affine: Affine,
): void {
  let from = read;
  let width = columns * cellsPerColumn;
  decoder.forEach((units, i) => {
    const sum = affine(`decoder.${i}`, from, units, width, `decoder.${i}.sum`);
    from = g.node(`decoder.${i}`, 'Relu', [sum], [units]);
    width = units;
  });
  const changes = prediction === 'change';
  const end = affine(`decoder.${decoder.length}`, from, inputs, width, changes ? 'change' : 'prediction');
  if (changes)
    g.node('prediction', 'Add', [input, end], [inputs], { about: 'The input and the change to it' });
}
