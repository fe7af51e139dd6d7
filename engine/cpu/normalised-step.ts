import type { LiveParameters } from '../network.ts';
import type { DenseLayer } from './dense.ts';
import type { Vector } from './vector.ts';
import type { Kernels } from './workspace.ts';

/**
 * What the rate is multiplied by under the normalised optimiser: with a rate of 1, an update of memory and decoder cancels
 * the step's error to first order, as in normalised least mean squares (Haykin, Adaptive Filter Theory).
 *
 * An update `dw = -scale w g` moves the outputs along the error `e = dL/dy` by `-scale |g|^2 / |e|`, where each tensor's
 * `|g|^2` counts by its own rate; the error itself is `(inputs / 2) |e|`. `epsilon` keeps the scale finite. What the gate
 * sends back to earlier steps does not count: steps are larger without it, and learned better.
 */
export function normalisedScale(
  layers: readonly DenseLayer[],
  error: Vector,
  live: LiveParameters,
  kernels: Kernels,
): number {
  const squaredError = kernels.squaredNorm(error);
  if (squaredError === 0) return 0;
  let squaredGradient = 0;
  for (const layer of layers) squaredGradient += layer.squaredGradient(live);
  return (0.5 * error.values.length * squaredError) / (live.epsilon * squaredError + squaredGradient);
}
