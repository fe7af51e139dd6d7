import { defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
import { cellCount, learnedTensors } from '../../engine/model/tensors.ts';
import {
  type CreatePeer,
  checkPeerNetwork,
  leastPrediction,
  leastVariance,
  type Peer,
  ratesOf,
  transposed,
} from './peer.ts';

export type JaxBackend = 'wasm' | 'webgpu';

/** Weights are `[in, out]`. */
type Weights = Record<string, np.Array>;

type Memory = {
  mean: np.Array; // [columns]
  variance: np.Array; // [columns]
  active: np.Array; // [cells]
  predictive: np.Array; // [cells]
};

/**
 * A step is one jitted function: dense arrays, gradients by `valueAndGrad`. The clamped error is the gradient of a
 * surrogate loss; the error that the gate sends one step back is the gradient of the previous prediction.
 */
export const jaxAutograd =
  (backend: JaxBackend): CreatePeer =>
  async (config, state): Promise<Peer> => {
    checkPeerNetwork(config);
    if (!(await init(backend)).includes(backend))
      throw new Error(`jax-js cannot start its ${backend} backend.`);
    defaultDevice(backend);
    const { columns, cellsPerColumn, winners, encoderRate, errorClip, readout } = config;
    const cells = cellCount(config);

    // Every use of an array but its last is of a `ref`: jax-js counts references, and calls consume them.
    const predict = (
      weights: Weights,
      predictive: np.Array,
      input: np.Array,
      wanted: np.Array,
      memory: {
        mean: np.Array;
        variance: np.Array;
        statistics: np.Array;
      },
    ) => {
      const dense = (x: np.Array, layer: string) =>
        np.dot(x, weights[`${layer}.weight`]!).add(weights[`${layer}.bias`]!);
      const h1 = nn.relu(dense(input, 'encoder.0'));
      const overlap = dense(nn.relu(dense(h1, 'encoder.1')), 'pooler');
      const seen = lax.stopGradient(overlap.ref);
      const difference = seen.sub(memory.mean.ref);
      const mean = memory.mean.add(memory.statistics.ref.mul(difference.ref));
      const variance = memory.variance
        .add(memory.statistics.ref.mul(np.square(difference)))
        .mul(np.subtract(1, memory.statistics));
      const slope = np.reciprocal(np.sqrt(variance.ref.add(leastVariance)));
      const score = overlap.sub(mean.ref).mul(slope);
      const [best, places] = lax.topK(lax.stopGradient(score.ref), winners);
      places.dispose();
      const won = np.greaterEqual(lax.stopGradient(score.ref), np.min(best));
      const column = np.where(won, score, 0);
      const predicted = predictive.reshape([columns, cellsPerColumn]);
      const sum = np.sum(predicted.ref, 1, { keepdims: true });
      const expected = np.greater(lax.stopGradient(sum.ref), leastPrediction);
      const gate = np.where(expected.ref, predicted.div(np.where(expected, sum, 1)), 1 / cellsPerColumn);
      const active = gate.mul(column.reshape([columns, 1])).reshape([cells]);
      const next = nn.relu(dense(active.ref, 'memory'));
      const read = readout === 'predictive' ? next.ref : active.ref;
      const prediction = dense(nn.relu(dense(read, 'decoder.0')), 'decoder.1');
      const error = lax.stopGradient(prediction.ref).sub(wanted);
      const pull = np.clip(error.ref.mul(2), -errorClip, errorClip);
      const kept = { mean, variance, active, predictive: next, loss: np.sum(np.square(error)) };
      return [np.sum(prediction.mul(pull)), kept] as [np.Array, typeof kept];
    };

    /** `row` = input, target, rate of learning, rate of the running statistics. */
    const step = jit((weights: Weights, memory: Memory, row: np.Array) => {
      const at = (i: number) => row.ref.slice(i);
      const rate = at(2);
      const [[surrogate, kept], [slopes, sent]] = valueAndGrad(predict, { argnums: [0, 1], hasAux: true })(
        refs(weights),
        memory.predictive.ref,
        row.ref.slice([0, 1]),
        row.ref.slice([1, 2]),
        { mean: memory.mean, variance: memory.variance, statistics: at(3) },
      ) as unknown as [[np.Array, Memory & { loss: np.Array }], [Weights, np.Array]];
      surrogate.dispose();
      row.dispose();
      const back = np.where(np.greater(memory.predictive, 0), sent, 0);
      const earlier: Weights = {
        'memory.weight': memory.active.reshape([cells, 1]).mul(back.ref.reshape([1, cells])),
        'memory.bias': back,
      };
      const next: Weights = {};
      for (const [name, weight] of Object.entries(weights)) {
        const slow = name.startsWith('encoder.') || name.startsWith('pooler.');
        const scale = slow ? rate.ref.mul(encoderRate) : rate.ref;
        const gradient = earlier[name] ? slopes[name]!.add(earlier[name]) : slopes[name]!;
        next[name] = weight.sub(scale.mul(gradient));
      }
      rate.dispose();
      const { loss, ...rest } = kept;
      return { weights: next, memory: rest, loss };
    });

    let weights: Weights = {};
    for (const { name, shape } of learnedTensors(config)) {
      const [outputs, inputs] = shape as [number, number?];
      const values = state.tensors.get(name)!;
      weights[name] = inputs
        ? np.array(transposed(values, outputs, inputs)).reshape([inputs, outputs])
        : np.array(values.slice());
    }
    let memory: Memory = {
      mean: np.zeros([columns]),
      variance: np.zeros([columns]),
      active: np.zeros([cells]),
      predictive: np.zeros([cells]),
    };
    let losses: np.Array[] = [];
    let updates = 0;
    return {
      backend,
      async run(rows) {
        for (let i = 0; i < rows.length; i += 2) {
          const { learning, statistics } = ratesOf(config, ++updates);
          const row = np.array(new Float32Array([rows[i]!, rows[i + 1]!, learning, statistics]));
          const done = step(weights, memory, row);
          weights = done.weights;
          memory = done.memory;
          losses.push(done.loss);
        }
        await losses.at(-1)?.blockUntilReady();
        await weights['memory.weight']!.blockUntilReady();
      },
      async takeLosses() {
        const taken = losses;
        losses = [];
        const values: number[] = [];
        for (const loss of taken) values.push((await loss.data())[0]!);
        return values;
      },
    };
  };

const refs = (weights: Weights): Weights =>
  Object.fromEntries(Object.entries(weights).map(([name, array]) => [name, array.ref]));
