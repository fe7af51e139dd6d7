import { floorsOf } from '../../engine/data/floors.ts';
import { SignalStream } from '../../engine/data/stream.ts';
import type { SignalConfig } from '../../engine/model/config.ts';

/** Rows of input and target, [count, 2 * inputs], without end. */
export interface RowSource {
  rows(count: number): Float32Array;
}

export interface StudyStream {
  /** Names its picture's file. */
  readonly name: string;
  readonly label: string;
  /** Steps per cycle, of a stream that is one wave. */
  readonly period: number | null;
  open(seed: number): RowSource;
  /** RMSE of the best smooth predictor that sees only the present value. */
  noMemory(): number;
}

function wave(name: string, label: string, changes: Partial<SignalConfig>): StudyStream {
  const signal: SignalConfig = {
    wave: 'sine',
    period: 50,
    amplitude: 1,
    noise: 0,
    endings: 'plain',
    ...changes,
  };
  return {
    name,
    label,
    period: signal.wave === 'sine' ? signal.period : null,
    open: seed => new SignalStream(signal, 1, seed),
    noMemory: () => floorsOf(signal, 1).noMemory!,
  };
}

export const streams: readonly StudyStream[] = [
  wave('sine-50', 'Sine, period 50', {}),
  wave('sine-62.83', 'Sine, period 62.83', { period: 62.83 }),
  wave('sine-31.7', 'Sine, period 31.7', { period: 31.7 }),
  wave('two-sines', 'Two sines, periods 50 and 19.1', { wave: 'twoSines' }),
  wave('three-tones', 'Three tones', { wave: 'threeTones' }),
  wave('noisy-sine', 'Noisy sine, period 50, signal-to-noise ratio 20 dB', { noise: Math.SQRT1_2 / 10 }),
  wave('mackey-glass', 'Mackey-Glass, delay 17', { wave: 'mackeyGlass' }),
];
