import type { Settings } from '../../engine/model/config.ts';

/** What a tuning is looked at for. */
export interface TuningInputs {
  /** Values of the one channel; of symbols, their numbers. */
  readonly input: Float32Array<ArrayBuffer>;
  /** As the network is given them, [inputs, channels]. */
  readonly rows: Float32Array<ArrayBuffer>;
}

/**
 * Values of a single channel, or all symbols; null where channels are many.
 * @param count of values @param reach how far beyond the signal's peak they go, 1 for no farther
 */
export function tuningInputs(
  { network, signal }: Settings,
  count: number,
  reach: number,
): TuningInputs | null {
  const { inputs } = network;
  if (signal.wave === 'highOrder') {
    const rows = Float32Array.from({ length: inputs ** 2 }, (_, i) =>
      i % (inputs + 1) === 0 ? signal.amplitude : 0,
    );
    return { input: Float32Array.from({ length: inputs }, (_, i) => i), rows };
  }
  if (inputs > 1) return null;
  const end = reach * (signal.amplitude || 1);
  const input = Float32Array.from({ length: count }, (_, i) => end * ((2 * i) / (count - 1) - 1));
  return { input, rows: input };
}
