import { Autoregression } from '../../engine/baselines/autoregression.ts';
import { Gru } from '../../engine/baselines/gru.ts';
import { Persistence } from '../../engine/baselines/persistence.ts';
import type { Predictor } from '../../engine/baselines/predictor.ts';
import { createCpuNetwork } from '../../engine/cpu/network.ts';
import { RunMeasure } from '../../engine/measure/run-measure.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import type { ColumnUse } from './result.ts';

/**
 * `weightsStill`: the weights stand still, but a network's running statistics of its columns go on; `frozen`: both stand
 * still; `freeRun`: frozen, and fed its own predictions.
 */
export type Manner = 'learning' | 'weightsStill' | 'frozen' | 'freeRun';

/** Anything that can be put through the study: rows go in, [count, 2], and predictions come out. */
export interface Competitor {
  run(rows: Float32Array, how: Manner): Promise<ArrayLike<number>>;
  /** Null for those without columns. */
  columnUse(): ColumnUse | null;
}

class Baseline implements Competitor {
  readonly #predictor: Predictor;
  #last = 0;

  constructor(predictor: Predictor) {
    this.#predictor = predictor;
  }

  async run(rows: Float32Array, how: Manner): Promise<number[]> {
    this.#predictor.learning = how === 'learning';
    return Array.from({ length: rows.length / 2 }, (_, t) => {
      this.#last = this.#predictor.step(how === 'freeRun' ? this.#last : rows[2 * t]!);
      return this.#last;
    });
  }

  columnUse() {
    return null;
  }
}

/** The default preset's network on the CPU engine. */
class DeepHtm implements Competitor {
  readonly #network;
  readonly #measure;

  constructor(seed: number) {
    const { network } = defaultPreset.settings;
    this.#network = createCpuNetwork(network, initialState(network, seed));
    this.#measure = new RunMeasure(network);
  }

  async run(rows: Float32Array, how: Manner): Promise<Float32Array> {
    const learning = how === 'learning' || how === 'weightsStill';
    this.#network.setMode({ learning, freeRun: how === 'freeRun' });
    if (how === 'weightsStill') this.#network.setLive({ learningRate: 0 });
    const records = await this.#network.run(rows);
    if (how === 'learning') this.#measure.add(records);
    return records.prediction;
  }

  columnUse(): ColumnUse {
    const { columnsInUse, entropy, burstRate } = this.#measure.summary();
    return { inUse: columnsInUse, entropy, burstRate };
  }
}

export interface Entry {
  readonly name: string;
  enter(seed: number): Competitor;
}

export const allSeeds: readonly number[] = [1, 2, 3, 4, 5];

/** Slowest first, so that no worker is left with a long task at the end. */
export const entries: readonly Entry[] = [
  { name: 'GRU, 64 units', enter: seed => new Baseline(new Gru(seed)) },
  { name: 'DeepHTM', enter: seed => new DeepHtm(seed) },
  { name: 'AR(8), least squares', enter: () => new Baseline(new Autoregression(8)) },
  { name: 'AR(4), least squares', enter: () => new Baseline(new Autoregression(4)) },
  { name: 'AR(2), least squares', enter: () => new Baseline(new Autoregression(2)) },
  { name: 'Persistence', enter: () => new Baseline(new Persistence()) },
];
