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
 * The network as dense tensors, its gradients by tfjs. What has no gradient, or one of its own (winners, running
 * statistics, the clamp of the error), is a `customGrad`; the rates are folded into those, so that an update is one
 * subtraction. The error that the gate sends one step back is the gradient of the previous prediction.
 */
export const tfjsAutograd =
  (backend: TfjsBackend, threads: number): CreatePeer =>
  async (config, state): Promise<Peer> => {
    checkPeerNetwork(config);
    const name = await startBackend(backend, threads);
    const { columns, cellsPerColumn, winners, encoderRate, errorClip } = config;
    const cells = cellCount(config);
    const weights = variablesOf(config, state);
    const weight = (name: string) => weights.get(`${name}.weight`)! as tf.Variable<tf.Rank.R2>;
    const bias = (name: string) => weights.get(`${name}.bias`)! as tf.Variable<tf.Rank.R1>;
    const mean = tf.variable(tf.zeros([1, columns]), false);
    const variance = tf.variable(tf.zeros([1, columns]), false);
    const previousPredictive = tf.variable(tf.zeros<tf.Rank.R2>([1, cells]), true, 'previous');
    const previousActive = tf.variable(tf.zeros<tf.Rank.R2>([1, cells]), false);
    // The memory is not on the way from active cells to the prediction; it learns by its earlier prediction alone.
    const reached = [...weights].filter(
      ([name]) => config.readout === 'predictive' || !name.startsWith('memory.'),
    );
    const learned = [...reached.map(([, variable]) => variable), previousPredictive];
    const evenGate = tf.fill([columns, cellsPerColumn], 1 / cellsPerColumn);
    const losses = new Losses();
    let updates = 0;

    const dense = (input: tf.Tensor2D, layer: string, activation: 'relu' | 'linear') =>
      tf.fused.matMul({ a: input, b: weight(layer), bias: bias(layer), activation }) as tf.Tensor2D;

    /** Scores of the winners, zero elsewhere. */
    const compete = (statistics: number) =>
      tf.customGrad((given, save) => {
        const overlap = given as tf.Tensor;
        const difference = overlap.sub(mean);
        mean.assign(mean.add(difference.mul(statistics)));
        variance.assign(variance.add(difference.square().mul(statistics)).mul(1 - statistics));
        const slope = variance.add(leastVariance).rsqrt();
        const score = overlap.sub(mean).mul(slope);
        const least = tf.topk(score, winners).values.min();
        const won = score.greaterEqual(least).toFloat();
        (save as tf.GradSaveFunc)([won.mul(slope).mul(encoderRate)]);
        return { value: score.mul(won), gradFunc: (dy: tf.Tensor, [factor]: tf.Tensor[]) => dy.mul(factor!) };
      });

    const clamp = (rate: number) =>
      tf.customGrad(tensor => ({
        value: (tensor as tf.Tensor).clone(),
        gradFunc: (dy: tf.Tensor) => dy.clipByValue(-errorClip, errorClip).mul(rate),
      }));

    const step = (given: number, wanted: number) => {
      updates++;
      const { learning, statistics } = ratesOf(config, updates);
      let active: tf.Tensor2D | undefined;
      let predictive: tf.Tensor2D | undefined;
      const expected = previousPredictive
        .reshape([columns, cellsPerColumn])
        .sum(1, true)
        .greater(leastPrediction);
      const { value, grads } = tf.variableGrads(() => {
        const encoded = dense(dense(tf.tensor2d([given], [1, 1]), 'encoder.0', 'relu'), 'encoder.1', 'relu');
        const column = compete(statistics)(dense(encoded, 'pooler', 'linear'));
        const predicted = previousPredictive.reshape([columns, cellsPerColumn]);
        const share = predicted.div(predicted.sum(1, true).maximum(leastPrediction));
        const gate = tf.where(expected, share, evenGate);
        active = gate.mul(column.reshape([columns, 1])).reshape([1, cells]) as tf.Tensor2D;
        predictive = dense(active, 'memory', 'relu');
        const read = config.readout === 'predictive' ? predictive : active;
        const prediction = clamp(learning)(dense(dense(read, 'decoder.0', 'relu'), 'decoder.1', 'linear'));
        tf.keep(active);
        tf.keep(predictive);
        return prediction.sub(wanted).square().sum() as tf.Scalar;
      }, learned);
      const back = grads.previous!.mul(previousPredictive.step()) as tf.Tensor2D;
      for (const [tensor, variable] of weights) {
        const gradient = grads[variable.name]!;
        if (tensor === 'memory.weight') {
          const earlier = tf.matMul(previousActive as unknown as tf.Tensor2D, back, true, false);
          variable.assign(variable.sub(gradient ? gradient.add(earlier) : earlier));
        } else if (tensor === 'memory.bias') {
          const earlier = back.reshape([cells]);
          variable.assign(variable.sub(gradient ? gradient.add(earlier) : earlier));
        } else variable.assign(variable.sub(gradient));
      }
      previousActive.assign(active!);
      previousPredictive.assign(predictive!);
      active!.dispose();
      predictive!.dispose();
      losses.keep(value);
    };

    return {
      backend: name,
      async run(rows) {
        for (let row = 0; row < rows.length / 2; row++)
          tf.tidy(() => step(rows[2 * row]!, rows[2 * row + 1]!));
        await losses.done();
      },
      takeLosses: () => losses.take(),
    };
  };
