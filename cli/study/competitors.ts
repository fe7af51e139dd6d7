import { Autoregression } from '../../engine/baselines/autoregression.ts';
import { Gru } from '../../engine/baselines/gru.ts';
import { Persistence } from '../../engine/baselines/persistence.ts';
import type { Predictor } from '../../engine/baselines/predictor.ts';
import { createCpuNetwork } from '../../engine/cpu/network.ts';
import { RunMeasure } from '../../engine/measure/run-measure.ts';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import { liveParameters } from '../../engine/model/settings.ts';
import type { Network } from '../../engine/network.ts';
import type { ColumnUse, Trial } from './result.ts';

/**
 * `weightsStill`: the weights stand still, but a network's running statistics of its columns go on; `frozen`: both stand
 * still; `freeRun`: frozen, and fed its own predictions.
 */
export type Manner = 'learning' | 'weightsStill' | 'frozen' | 'freeRun';

/** Anything that can be put through the study: rows go in, [count, 2 * inputs], and predictions come out, [count, inputs]. */
export interface Competitor {
  run(rows: Float32Array, how: Manner): Promise<ArrayLike<number>>;
  /** Null for those without columns. */
  columnUse(): ColumnUse | null;
}

class Baseline implements Competitor {
  readonly #predictor: Predictor;
  #last: ArrayLike<number>;

  constructor(predictor: Predictor) {
    this.#predictor = predictor;
    this.#last = new Float64Array(predictor.inputs);
  }

  async run(rows: Float32Array, how: Manner): Promise<Float64Array> {
    const { inputs } = this.#predictor;
    this.#predictor.learning = how === 'learning';
    const count = rows.length / (2 * inputs);
    const predictions = new Float64Array(count * inputs);
    for (let t = 0; t < count; t++) {
      const seen = rows.subarray(2 * t * inputs, (2 * t + 1) * inputs);
      this.#last = Float64Array.from(this.#predictor.step(how === 'freeRun' ? this.#last : seen));
      predictions.set(this.#last, t * inputs);
    }
    return predictions;
  }

  columnUse() {
    return null;
  }
}

/** Rows of one call: a GPU takes what it is given as one piece of work. */
const batch = 500;

/** A network on any engine. */
export class NetworkCompetitor implements Competitor {
  readonly #network: Network;
  readonly #measure: RunMeasure;

  constructor(network: Network) {
    this.#network = network;
    this.#measure = new RunMeasure(network.config);
  }

  async run(rows: Float32Array, how: Manner): Promise<Float32Array> {
    const { inputs } = this.#network.config;
    const learning = how === 'learning' || how === 'weightsStill';
    this.#network.setMode({ learning, freeRun: how === 'freeRun' });
    this.#network.setLive({
      ...liveParameters(this.#network.config),
      ...(how === 'weightsStill' ? still : {}),
    });
    const predictions = new Float32Array(rows.length / 2);
    const width = 2 * inputs * batch;
    for (let at = 0; at < rows.length; at += width) {
      const records = await this.#network.run(rows.subarray(at, at + width));
      if (how === 'learning') this.#measure.add(records);
      predictions.set(records.prediction, at / 2);
    }
    return predictions;
  }

  columnUse(): ColumnUse {
    const { columnsInUse, entropy, burstRate } = this.#measure.summary();
    return { inUse: columnsInUse, entropy, burstRate };
  }
}

/** Learns nothing, and sees the stream as it is. */
const still = { learningRate: 0, inputNoise: 0, finalInputNoise: 0 };

/** The default preset's network for a stream of `inputs` channels. */
export const deepHtmConfig = (inputs: number): NetworkConfig => ({
  ...defaultPreset.settings.network,
  inputs,
});

/**
 * The same network with the context of its memory taken away. With one cell to a column the gate is 1, whatever was
 * predicted: what a column's cells get if it bursts in every step, so that nothing of the past reaches the prediction. Two
 * more paths for the past are closed: the columns' running statistics become plain averages over all steps, and the
 * conscience goes, whose duty cycles remember the last winners.
 */
export const noContextConfig = (inputs: number): NetworkConfig => ({
  ...deepHtmConfig(inputs),
  cellsPerColumn: 1,
  homeostasisRate: 1e-6,
  conscience: 0,
});

const onCpu = (config: NetworkConfig, seed: number) =>
  new NetworkCompetitor(createCpuNetwork(config, initialState(config, seed)));

export interface Entry {
  readonly name: string;
  readonly trials: readonly Trial[];
  enter(seed: number, inputs: number): Competitor;
}

export const deepHtm = 'DeepHTM';
export const noContext = 'DeepHTM without context';
export const gru = 'GRU, 64 units';
export const steadyGru = 'GRU, 64 units, constant rate';
export const persistence = 'Persistence';
const forgetting = 0.995;

export const allSeeds: readonly number[] = [1, 2, 3, 4, 5];

const everywhere: readonly Trial[] = ['wave', 'change', 'symbols'];
const whereThingsChange: readonly Trial[] = ['change', 'symbols'];

/** In the order of the tables. */
export const entries: readonly Entry[] = [
  { name: deepHtm, trials: everywhere, enter: (seed, inputs) => onCpu(deepHtmConfig(inputs), seed) },
  { name: noContext, trials: everywhere, enter: (seed, inputs) => onCpu(noContextConfig(inputs), seed) },
  {
    name: persistence,
    trials: everywhere,
    enter: (_, inputs) => new Baseline(new Persistence(inputs)),
  },
  ...[2, 4, 8].map(order => ({
    name: `AR(${order}), least squares`,
    trials: everywhere,
    enter: (_: number, inputs: number) => new Baseline(new Autoregression(order, inputs)),
  })),
  {
    name: 'AR(4), forgetting',
    trials: whereThingsChange,
    enter: (_, inputs) => new Baseline(new Autoregression(4, inputs, forgetting)),
  },
  { name: gru, trials: everywhere, enter: (seed, inputs) => new Baseline(new Gru(seed, { inputs })) },
  {
    name: steadyGru,
    trials: whereThingsChange,
    enter: (seed, inputs) => new Baseline(new Gru(seed, { inputs, halfLife: Number.POSITIVE_INFINITY })),
  },
];
