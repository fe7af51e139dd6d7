import { floorsOf, localRegressionError } from '../../engine/data/floors.ts';
import { MackeyGlassStream } from '../../engine/data/mackey-glass.ts';
import { SignalStream } from '../../engine/data/stream.ts';
import type { SignalConfig } from '../../engine/model/config.ts';

/** Rows of input and target, [count, 2], without end. */
export interface RowSource {
  rows(count: number): Float32Array;
}

export interface StudyStream {
  /** Names its picture's file. */
  readonly name: string;
  readonly label: string;
  open(seed: number): RowSource;
  /** RMSE of the best smooth predictor that sees only the present value. */
  noMemory(): number;
}

function wave(name: string, label: string, changes: Partial<SignalConfig>): StudyStream {
  const signal: SignalConfig = { wave: 'sine', period: 50, amplitude: 1, noise: 0, ...changes };
  return {
    name,
    label,
    open: seed => new SignalStream(signal, 1, seed),
    noMemory: () => floorsOf(signal, 1).noMemory!,
  };
}

function mackeyGlassFloor(): number {
  const rows = new MackeyGlassStream(1).rows(20000);
  return localRegressionError(
    Array.from({ length: 20000 }, (_, r) => ({ x: rows[2 * r]!, y: rows[2 * r + 1]! })),
  );
}

export const streams: readonly StudyStream[] = [
  wave('sine-50', 'Sine, period 50', {}),
  wave('sine-62.83', 'Sine, period 62.83', { period: 62.83 }),
  wave('sine-31.7', 'Sine, period 31.7', { period: 31.7 }),
  wave('two-sines', 'Two sines, periods 50 and 19.1', { wave: 'twoSines' }),
  wave('three-tones', 'Three tones', { wave: 'threeTones' }),
  wave('noisy-sine', 'Noisy sine, period 50, signal-to-noise ratio 20 dB', { noise: Math.SQRT1_2 / 10 }),
  {
    name: 'mackey-glass',
    label: 'Mackey-Glass, delay 17',
    open: seed => new MackeyGlassStream(seed),
    noMemory: mackeyGlassFloor,
  },
];
