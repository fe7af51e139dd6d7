import type { NetworkConfig } from './config.ts';

export type Part = 'encoder' | 'pooler' | 'memory' | 'decoder';

/** A learned tensor: its name in weights files, and its shape there (`[out, in]` for weights, `[out]` for biases). */
export interface TensorSpec {
  readonly name: string;
  readonly part: Part;
  readonly shape: readonly number[];
  /** What its initial values are spread around. */
  readonly initialMean: number;
  /** Variance of its initial values, which are Gaussian; 0 means all the same. */
  readonly initialVariance: number;
}

export const elementCount = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

/** Cells in all columns. */
export const cellCount = (config: NetworkConfig): number => config.columns * config.cellsPerColumn;

/** The learned tensors, in the order the input meets them. */
export function learnedTensors(config: NetworkConfig): TensorSpec[] {
  const tensors: TensorSpec[] = [];
  const layer = (
    name: string,
    part: Part,
    outputs: number,
    inputs: number,
    variance: number,
    bias: { mean?: number; variance?: number } = {},
  ) => {
    const weight = { name: `${name}.weight`, part, shape: [outputs, inputs] };
    tensors.push({ ...weight, initialMean: 0, initialVariance: variance });
    const { mean = 0, variance: spread = 0 } = bias;
    tensors.push({
      name: `${name}.bias`,
      part,
      shape: [outputs],
      initialMean: mean,
      initialVariance: spread,
    });
  };
  let width = config.inputs;
  config.encoder.forEach((units, i) => {
    // The first layer spreads its kinks over the input's range; deeper ones keep the variance (He).
    if (i === 0) layer(`encoder.${i}`, 'encoder', units, width, 8 / width, { variance: 4 });
    else layer(`encoder.${i}`, 'encoder', units, width, 2 / width);
    width = units;
  });
  layer('pooler', 'pooler', config.columns, width, 4 / width);
  const cells = cellCount(config);
  // Every cell predicts a little at first, whatever came before: nothing bursts before there is something to learn from.
  layer('memory', 'memory', cells, cells, 0.01 ** 2 / config.winners, { mean: 0.02 });
  width = cells;
  config.decoder.forEach((units, i) => {
    layer(`decoder.${i}`, 'decoder', units, width, 2 / width);
    width = units;
  });
  layer(`decoder.${config.decoder.length}`, 'decoder', config.inputs, width, 1 / width);
  return tensors;
}

/** Slow statistics of the columns and the temporal memory's state: kept with the weights, not learned. */
export function stateTensors(config: NetworkConfig): { name: string; shape: readonly number[] }[] {
  const columns = [config.columns];
  const cells = [cellCount(config)];
  return [
    { name: 'pooler.mean', shape: columns },
    { name: 'pooler.variance', shape: columns },
    { name: 'pooler.duty', shape: columns },
    { name: 'state.predictive', shape: cells },
    { name: 'state.active', shape: cells },
    ...historyTensors(config),
    // A prediction that is a change is made again from what it changes; and dreams of such are kept within reach: the
    // largest magnitude of each channel that the network was given while it learned.
    ...(config.prediction === 'change'
      ? ['input', 'reach'].map(name => ({ name: `state.${name}`, shape: [config.inputs] }))
      : []),
  ];
}

/** What more than one step of unrolling needs of the last steps: of the present one (0), of the one before it, and so on. */
function historyTensors(config: NetworkConfig): { name: string; shape: readonly number[] }[] {
  const shape = [cellCount(config)];
  return Array.from({ length: config.unroll }, (_, ago) => [
    ...(ago > 0 ? ['active'] : []),
    ...(ago < config.unroll - 1 ? ['gate', 'factor'] : []),
  ]).flatMap((names, ago) => names.map(name => ({ name: `history.${ago}.${name}`, shape })));
}

/** The optimiser's slots: `m` (momentum, adam) and `v` (rmsprop, adam), one value for each weight. */
export function optimizerTensors(config: NetworkConfig): { name: string; shape: readonly number[] }[] {
  const slots = { sgd: [], normalised: [], momentum: ['m'], rmsprop: ['v'], adam: ['m', 'v'] }[
    config.optimizer
  ];
  return slots.flatMap(slot =>
    learnedTensors(config).map(t => ({ name: `optimizer.${slot}.${t.name}`, shape: t.shape })),
  );
}

/**
 * Values of the last step that can be read but are not kept in files. `score` is what winners are chosen by before
 * boosting (`o` in the model), `column` the winners' activation (0 elsewhere), `previous.*` the state the step
 * started from.
 */
export function activityTensors(config: NetworkConfig): { name: string; shape: readonly number[] }[] {
  const columns = [config.columns];
  const cells = [cellCount(config)];
  return [
    { name: 'activity.input', shape: [config.inputs] },
    ...config.encoder.map((units, i) => ({ name: `activity.encoder.${i}`, shape: [units] })),
    { name: 'activity.overlap', shape: columns },
    { name: 'activity.score', shape: columns },
    { name: 'activity.column', shape: columns },
    { name: 'activity.winners', shape: [config.winners] },
    { name: 'previous.predictive', shape: cells },
    { name: 'previous.active', shape: cells },
    ...config.decoder.map((units, i) => ({ name: `activity.decoder.${i}`, shape: [units] })),
    { name: 'activity.prediction', shape: [config.inputs] },
  ];
}

/** The gradient of the last step's loss for every learned tensor, after the error clip. */
export function gradientTensors(config: NetworkConfig): { name: string; shape: readonly number[] }[] {
  return learnedTensors(config).map(t => ({ name: `gradient.${t.name}`, shape: t.shape }));
}

/** What a weights file holds: enough to go on exactly where it stopped. */
export function savedTensors(config: NetworkConfig): { name: string; shape: readonly number[] }[] {
  return [...learnedTensors(config), ...stateTensors(config), ...optimizerTensors(config)].map(
    ({ name, shape }) => ({ name, shape }),
  );
}
