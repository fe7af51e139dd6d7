import type { SignalConfig } from '../model/config.ts';
import { sequences } from './symbols.ts';

/** Ratio of the second tone's frequency to the first: periods 50 and 19.1. */
const secondTone = 50 / 19.1;

const waves = {
  sine: (c: number) => Math.sin(2 * Math.PI * c),
  twoSines: (c: number) => 0.5 * Math.sin(2 * Math.PI * c) + 0.5 * Math.sin(2 * Math.PI * secondTone * c),
  threeTones: (c: number) =>
    0.5 * Math.sin(2 * Math.PI * c) +
    0.3 * Math.sin(2 * Math.PI * 2.11 * c) +
    0.2 * Math.sin(2 * Math.PI * 3.82 * c),
  square: (c: number) => (c - Math.floor(c) < 0.5 ? 1 : -1),
  triangle: (c: number) => (2 / Math.PI) * Math.asin(Math.sin(2 * Math.PI * c)),
};

/** A signal that is a function of time, in cycles of its period. */
export type WaveSignal = SignalConfig & { wave: keyof typeof waves };

export const hasPeriod = (signal: SignalConfig): signal is WaveSignal => signal.wave in waves;

/** Steps in which a signal comes round: a period, or a sequence of symbols; infinite for one that never does. */
export function cycleOf(signal: SignalConfig): number {
  if (hasPeriod(signal)) return signal.period;
  return signal.wave === 'highOrder' ? sequences.plain[0].length : Number.POSITIVE_INFINITY;
}

/**
 * The noise-free value of one channel.
 * @param cycles time in periods of the first tone
 * @param channel of `inputs` channels, each delayed against the one before by an equal share of half a period
 */
export function waveAt(signal: WaveSignal, cycles: number, channel = 0, inputs = 1): number {
  return signal.amplitude * waves[signal.wave](cycles - channel / (2 * inputs));
}
