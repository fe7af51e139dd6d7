import { hasPeriod } from '../../engine/data/signal.ts';
import type { Settings } from '../../engine/model/config.ts';

/**
 * Why a setting does nothing under the present choices; null when it does something. It can still be changed: what a
 * person prepares there takes part as soon as the choice is made.
 */
export function idleReason({ network, signal }: Settings, path: string): string | null {
  const { homeostasis, optimizer, cellsPerColumn, decay } = network;
  switch (path) {
    case 'signal.period':
      return hasPeriod(signal) ? null : 'Used by waves that repeat only.';
    case 'inputs':
      return signal.wave === 'data' ? 'As many as the columns of your data that were chosen.' : null;
    case 'signal.endings':
      return signal.wave === 'highOrder' ? null : 'Used by high-order symbols only.';
    case 'homeostasisRate':
      return homeostasis === 'normalise' ? null : 'Used by normalise only.';
    case 'boostStrength':
      return homeostasis === 'boost' ? null : 'Used by boost only.';
    case 'unroll':
      return cellsPerColumn > 1 ? null : 'With one cell a column there is nothing to send back.';
    case 'beta1':
      return optimizer === 'momentum' || optimizer === 'adam' ? null : 'Used by momentum and Adam only.';
    case 'beta2':
      return optimizer === 'rmsprop' || optimizer === 'adam' ? null : 'Used by RMSProp and Adam only.';
    case 'epsilon':
      return optimizer === 'sgd' || optimizer === 'momentum'
        ? 'Used by RMSProp, Adam and normalised only.'
        : null;
    case 'inputNoise':
      return network.inputNoiseSteps > 0 ? null : 'The noise is at its final level from the start.';
    case 'finalRate':
      return decay > 0 ? null : 'Without decay the learning rate stays as it is.';
    default:
      return null;
  }
}
