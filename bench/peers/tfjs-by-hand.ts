import * as tf from '@tensorflow/tfjs-core';
import { cellCount } from '../../engine/model/tensors.ts';
import {
  type CreatePeer,
  checkPeerNetwork,
  leastPrediction,
  leastVariance,
  type Peer,
  ratesOf,
} from './peer.ts';
import { Losses, startBackend, type TfjsBackend, variablesOf } from './tfjs.ts';

/**
 * How the memory's weights are moved. `product`: one product of both sets of factors, and one subtraction, of the whole
 * matrix. `scatter`: `tensorScatterUpdate` of the rows of active cells, then of those before, each a copy of the whole
 * matrix: tfjs cannot write into part of a tensor.
 */
export type MemoryUpdate = 'product' | 'scatter';

/**
 * The network with its backward pass written out: the memory's weights are read only where cells are active (gathered by
 * winner), and layers are fused with their bias and nonlinearity.
 */
export const tfjsByHand =
  (backend: TfjsBackend, threads: number, update: MemoryUpdate = 'product'): CreatePeer =>
  async (config, state): Promise<Peer> => {
    checkPeerNetwork(config);
    const name = await startBackend(backend, threads);
    const { columns, cellsPerColumn, winners, encoderRate, errorClip, readout } = config;
    const cells = cellCount(config);
    const activeCells = winners * cellsPerColumn;
    const weights = variablesOf(config, state);
    const weight = (layer: string) => weights.get(`${layer}.weight`)! as tf.Variable<tf.Rank.R2>;
    const bias = (layer: string) => weights.get(`${layer}.bias`)! as tf.Variable<tf.Rank.R1>;
    const mean = tf.variable(tf.zeros<tf.Rank.R2>([1, columns]), false);
    const variance = tf.variable(tf.zeros<tf.Rank.R2>([1, columns]), false);
    const previousPredictive = tf.variable(tf.zeros<tf.Rank.R2>([1, cells]), false);
    const previousActive = tf.variable(tf.zeros<tf.Rank.R2>([1, cells]), false);
    const previousWon = tf.variable(tf.range(0, winners, 1, 'int32') as tf.Tensor1D, false);
    const previousRows = tf.variable(tf.zeros<tf.Rank.R2>([1, activeCells]), false);
    const evenGate = tf.fill([winners, cellsPerColumn], 1 / cellsPerColumn);
    const losses = new Losses();
    let updates = 0;

    const dense = (a: tf.Tensor2D, layer: string, activation: 'relu' | 'linear') =>
      tf.fused.matMul({ a, b: weight(layer), bias: bias(layer), activation }) as tf.Tensor2D;
    const transposedProduct = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D => tf.matMul(a, b, true, false);
    /** The way back through a layer, and through the rectifier of the one before it. */
    const back = (delta: tf.Tensor2D, layer: string, before: tf.Tensor2D) =>
      tf.matMul(delta, weight(layer), false, true).mul(before.step()) as tf.Tensor2D;

    const step = (given: number, wanted: number) => {
      updates++;
      const { learning, statistics } = ratesOf(config, updates);
      const input = tf.tensor2d([given], [1, 1]);
      const h1 = dense(input, 'encoder.0', 'relu');
      const h2 = dense(h1, 'encoder.1', 'relu');
      const overlap = dense(h2, 'pooler', 'linear');
      const difference = overlap.sub(mean);
      mean.assign(mean.add(difference.mul(statistics)));
      variance.assign(variance.add(difference.square().mul(statistics)).mul(1 - statistics));
      const slope = variance.add(leastVariance).rsqrt();
      const { values, indices } = tf.topk(overlap.sub(mean).mul(slope) as tf.Tensor2D, winners);
      const column = values.reshape([winners, 1]);
      const won = indices.reshape([winners]) as tf.Tensor1D;
      const places = tf.oneHot(won, columns).toFloat() as tf.Tensor2D;
      const spread = (rows: tf.Tensor2D) =>
        transposedProduct(places, rows).reshape([1, cells]) as tf.Tensor2D;

      const predicted = previousPredictive.reshape([columns, cellsPerColumn]).gather(won) as tf.Tensor2D;
      const sum = predicted.sum(1, true);
      const expected = sum.greater(leastPrediction);
      const safeSum = sum.maximum(leastPrediction);
      const gate = tf.where(expected, predicted.div(safeSum), evenGate);
      const activeRows = gate.mul(column) as tf.Tensor2D;
      const rows = weight('memory')
        .reshape([columns, cellsPerColumn * cells])
        .gather(won)
        .reshape([activeCells, cells]) as tf.Tensor2D;
      const predictive = tf.fused.matMul({
        a: activeRows.reshape([1, activeCells]),
        b: rows,
        bias: bias('memory'),
        activation: 'relu',
      }) as tf.Tensor2D;
      const active = spread(activeRows);
      const read = readout === 'predictive' ? predictive : active;
      const h3 = dense(read, 'decoder.0', 'relu');
      const prediction = dense(h3, 'decoder.1', 'linear');

      const error = prediction.sub(wanted);
      const d1 = error.mul(2).clipByValue(-errorClip, errorClip).mul(learning) as tf.Tensor2D;
      const d0 = back(d1, 'decoder.1', h3);
      let activeDelta: tf.Tensor2D;
      let memoryDelta: tf.Tensor2D | null = null;
      if (readout === 'predictive') {
        memoryDelta = back(d0, 'decoder.0', predictive);
        activeDelta = tf.matMul(memoryDelta, rows, false, true).reshape([winners, cellsPerColumn]);
      } else
        activeDelta = tf
          .matMul(d0, weight('decoder.0'), false, true)
          .reshape([columns, cellsPerColumn])
          .gather(won) as tf.Tensor2D;
      const columnDelta = activeDelta.mul(gate).sum(1, true);
      const sent = column
        .div(safeSum)
        .mul(activeDelta.sub(columnDelta))
        .mul(predicted.step())
        .mul(expected.toFloat()) as tf.Tensor2D;
      const previousDelta = spread(sent);
      const overlapDelta = transposedProduct(columnDelta as tf.Tensor2D, places)
        .mul(slope)
        .mul(encoderRate) as tf.Tensor2D;
      const h2Delta = back(overlapDelta, 'pooler', h2);
      const h1Delta = back(h2Delta, 'encoder.1', h1);

      const descend = (layer: string, from: tf.Tensor2D, delta: tf.Tensor2D) => {
        weight(layer).assign(weight(layer).sub(transposedProduct(from, delta)));
        bias(layer).assign(bias(layer).sub(delta.shape[0] === 1 ? delta.reshape([-1]) : delta.sum(0)));
      };
      descend('encoder.0', input, h1Delta);
      descend('encoder.1', h1, h2Delta);
      descend('pooler', h2, overlapDelta);
      if (update === 'scatter') {
        const slices = weight('memory').reshape([columns, cellsPerColumn * cells]);
        const inARow = (given: tf.Tensor2D) => given.reshape([1, activeCells]) as tf.Tensor2D;
        const put = (into: tf.Tensor, places: tf.Tensor1D, change: tf.Tensor2D, old: tf.Tensor2D) =>
          tf.tensorScatterUpdate(into, places.reshape([winners, 1]), old.sub(change).reshape([winners, -1]));
        let moved = slices as tf.Tensor;
        if (memoryDelta) {
          moved = put(moved, won, transposedProduct(inARow(activeRows), memoryDelta), rows);
          bias('memory').assign(bias('memory').sub(memoryDelta.reshape([-1])));
        }
        const before = moved.gather(previousWon as tf.Tensor1D).reshape([activeCells, cells]) as tf.Tensor2D;
        moved = put(
          moved,
          previousWon as tf.Tensor1D,
          transposedProduct(previousRows, previousDelta),
          before,
        );
        bias('memory').assign(bias('memory').sub(previousDelta.reshape([-1])));
        weight('memory').assign(moved.reshape([cells, cells]));
        previousWon.assign(won);
        previousRows.assign(inARow(activeRows));
      } else if (memoryDelta)
        descend(
          'memory',
          tf.concat([active, previousActive], 0) as tf.Tensor2D,
          tf.concat([memoryDelta, previousDelta], 0) as tf.Tensor2D,
        );
      else descend('memory', previousActive, previousDelta);
      descend('decoder.0', read, d0);
      descend('decoder.1', h3, d1);
      previousActive.assign(active);
      previousPredictive.assign(predictive);
      losses.keep(error.square().sum());
    };

    return {
      backend: update === 'scatter' ? `${name}, scatter` : name,
      async run(rows) {
        for (let row = 0; row < rows.length / 2; row++)
          tf.tidy(() => step(rows[2 * row]!, rows[2 * row + 1]!));
        await losses.done();
      },
      takeLosses: () => losses.take(),
    };
  };
