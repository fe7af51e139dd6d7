import type { SignalConfig } from '../model/config.ts';

/** Ratio of the second tone's frequency to the first: periods 50 and 19.1. */
const secondTone = 50 / 19.1;

const waves: Record<SignalConfig['wave'], (cycles: number) => number> = {
  sine: c => Math.sin(2 * Math.PI * c),
  twoSines: c => 0.5 * Math.sin(2 * Math.PI * c) + 0.5 * Math.sin(2 * Math.PI * secondTone * c),
  threeTones: c =>
    0.5 * Math.sin(2 * Math.PI * c) +
    0.3 * Math.sin(2 * Math.PI * 2.11 * c) +
    0.2 * Math.sin(2 * Math.PI * 3.82 * c),
  square: c => (c - Math.floor(c) < 0.5 ? 1 : -1),
  triangle: c => (2 / Math.PI) * Math.asin(Math.sin(2 * Math.PI * c)),
};

/**
 * The noise-free value of one channel.
 * @param cycles time in periods of the first tone
 * @param channel of `inputs` channels, each delayed against the one before by an equal share of half a period
 */
export function waveAt(signal: SignalConfig, cycles: number, channel = 0, inputs = 1): number {
  return signal.amplitude * waves[signal.wave](cycles - channel / (2 * inputs));
}
