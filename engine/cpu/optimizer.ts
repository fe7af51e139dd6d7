import type { NetworkConfig } from '../model/config.ts';
import type { FloatArray } from '../network.ts';
import type { StepContext } from './layer.ts';

/** What an optimiser remembers of each weight: `m` the running gradient, `v` its running square. Empty when unused. */
export interface Slots {
  readonly m: FloatArray;
  readonly v: FloatArray;
}

/**
 * Moves the weights from `offset` on by `gradient`, one row of it, and the slots with them. Returns whether any slot of
 * the row is left nonzero: a row at rest without a gradient need not be visited.
 */
export type Rule = (
  weights: FloatArray,
  slots: Slots,
  offset: number,
  gradient: Float64Array,
  rate: number,
  context: StepContext,
) => boolean;

/** Below this a float32 is subnormal: slow on CPUs, zero on most GPUs, and a decaying slot would stay there for ever. */
const leastNormal = 2 ** -126;

const momentum: Rule = (weights, { m }, offset, gradient, rate, { live }) => {
  const { beta1 } = live;
  let stirred = false;
  for (let o = 0; o < gradient.length; o++) {
    const i = offset + o;
    let mean = beta1 * m[i]! + gradient[o]!;
    if (Math.abs(mean) < leastNormal) mean = 0;
    else stirred = true;
    m[i] = mean;
    weights[i] = weights[i]! - rate * mean;
  }
  return stirred;
};

const rmsprop: Rule = (weights, { v }, offset, gradient, rate, { live }) => {
  const { beta2, epsilon } = live;
  let stirred = false;
  for (let o = 0; o < gradient.length; o++) {
    const i = offset + o;
    const g = gradient[o]!;
    let square = beta2 * v[i]! + (1 - beta2) * g * g;
    if (square < leastNormal) square = 0;
    else stirred = true;
    v[i] = square;
    if (g !== 0) weights[i] = weights[i]! - (rate * g) / (Math.sqrt(square) + epsilon);
  }
  return stirred;
};

const adam: Rule = (weights, { m, v }, offset, gradient, rate, { live, clock }) => {
  const { beta1, beta2, epsilon } = live;
  const step = rate / clock.correction1;
  const scale = 1 / clock.correction2;
  let stirred = false;
  for (let o = 0; o < gradient.length; o++) {
    const i = offset + o;
    const g = gradient[o]!;
    let mean = beta1 * m[i]! + (1 - beta1) * g;
    let square = beta2 * v[i]! + (1 - beta2) * g * g;
    if (Math.abs(mean) < leastNormal) mean = 0;
    else stirred = true;
    if (square < leastNormal) square = 0;
    else stirred = true;
    m[i] = mean;
    v[i] = square;
    weights[i] = weights[i]! - (step * mean) / (Math.sqrt(square * scale) + epsilon);
  }
  return stirred;
};

/** The rule of every optimiser with slots. The others have none, so their update is sparse and stands in the dense layer. */
export const rules: Record<Exclude<NetworkConfig['optimizer'], 'sgd' | 'normalised'>, Rule> = {
  momentum,
  rmsprop,
  adam,
};
