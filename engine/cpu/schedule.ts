import type { LiveParameters } from '../network.ts';

/**
 * The learning rate of the `t`th learning step, counted from 1: it rises in proportion over the warm-up, and falls towards
 * `finalRate` times itself as 1 / (1 + t / decay) does.
 */
export function scheduledRate({ learningRate, finalRate, decay, warmup }: LiveParameters, t: number): number {
  const fallen = decay > 0 ? finalRate + (1 - finalRate) / (1 + t / decay) : 1;
  return learningRate * fallen * (warmup > 0 ? Math.min(1, t / warmup) : 1);
}
