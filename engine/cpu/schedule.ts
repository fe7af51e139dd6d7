import type { LiveParameters } from '../network.ts';

/**
 * The learning rate of the `t`th learning step, counted from 1: it rises in proportion over the warm-up, and falls towards
 * the final rate as 1 / (1 + t / decay) does.
 */
export function scheduledRate({ learningRate, finalRate, decay, warmup }: LiveParameters, t: number): number {
  const rate = decay > 0 ? finalRate + (learningRate - finalRate) / (1 + t / decay) : learningRate;
  return rate * (warmup > 0 ? Math.min(1, t / warmup) : 1);
}
