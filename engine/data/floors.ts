import type { SignalConfig } from '../model/config.ts';
import { gaussianGenerator } from '../model/generator.ts';
import { type OwnData, rowCount } from './own-data.ts';
import { hasPeriod, type WaveSignal, waveAt } from './signal.ts';
import { SignalStream } from './stream.ts';
import { symbolFloors } from './symbols.ts';

/** RMSE of one-step predictors that bound what a learning curve means. */
export interface Floors {
  /** "The next value is the present one." */
  persistence: number;
  /**
   * The best smooth predictor that sees only the present value: what a network without memory can reach. Known in
   * closed form for symbols and for one clean sine, estimated for other waves; null for several channels, which
   * remember for each other, and for fewer than 1,000 rows of data.
   */
  noMemory: number | null;
}

const sampleCount = 20000;
const neighbours = 100;

/** Floors of a signal, from 20,000 of its values, or as many as the data have, where there is no closed form. */
export function floorsOf(signal: SignalConfig, inputs: number, data?: OwnData): Floors {
  if (signal.wave === 'highOrder') {
    const { persistence, noMemory } = symbolFloors(signal);
    return { persistence, noMemory };
  }
  // Data that begin again would count twice.
  const count = data ? Math.min(sampleCount, rowCount(data)) : sampleCount;
  const rows = new SignalStream(signal, inputs, 0, undefined, data).rows(count);
  let squares = 0;
  for (let r = 0; r < count; r++)
    for (let i = 0; i < inputs; i++)
      squares += (rows[r * 2 * inputs + inputs + i]! - rows[r * 2 * inputs + i]!) ** 2;
  const persistence = Math.sqrt(squares / (count * inputs));
  if (inputs > 1 || count < 10 * neighbours) return { persistence, noMemory: null };
  if (signal.wave === 'sine' && signal.noise === 0) return { persistence, noMemory: sineFloor(signal) };
  const samples = hasPeriod(signal) ? pairs(signal) : pairsOf(rows);
  return { persistence, noMemory: Math.min(persistence, localRegressionError(samples)) };
}

/** From x = A sin(p), the next value is x cos(w) +- A cos(p) sin(w); the sign cannot be told, so its spread remains. */
function sineFloor({ amplitude, period }: SignalConfig): number {
  return (amplitude * Math.abs(Math.sin((2 * Math.PI) / period))) / Math.SQRT2;
}

interface Pair {
  x: number;
  y: number;
}

/**
 * A value and the next, at phases spread evenly over the cycle. The stream's own phases will not do: where it repeats
 * (a period of 31.7 does after 317 steps) each value stands for one phase, and groups of neighbours would be copies.
 */
function pairs(signal: WaveSignal): Pair[] {
  const noise = gaussianGenerator(0, 'floors');
  const goldenRatio = (1 + Math.sqrt(5)) / 2;
  return Array.from({ length: sampleCount }, (_, i) => ({
    x: waveAt(signal, i * goldenRatio) + signal.noise * noise.next(),
    y: waveAt(signal, i * goldenRatio + 1 / signal.period) + signal.noise * noise.next(),
  }));
}

/** A value and the next in rows of one channel, [count, 2]: a chaotic series does not repeat. */
const pairsOf = (rows: Float32Array): Pair[] =>
  Array.from({ length: rows.length / 2 }, (_, r) => ({ x: rows[2 * r]!, y: rows[2 * r + 1]! }));

/**
 * Residual of straight lines fitted to groups of 100 neighbouring inputs: an estimate of sqrt(E Var(y | x)), for any
 * signal that does not visit a few values only. Sorts the samples; those beyond the last full group do not count.
 */
function localRegressionError(samples: Pair[]): number {
  samples.sort((a, b) => a.x - b.x);
  const used = samples.length - (samples.length % neighbours);
  let squares = 0;
  for (let start = 0; start < used; start += neighbours) {
    const group = samples.slice(start, start + neighbours);
    const meanX = group.reduce((sum, { x }) => sum + x, 0) / neighbours;
    const meanY = group.reduce((sum, { y }) => sum + y, 0) / neighbours;
    let xx = 0;
    let xy = 0;
    let yy = 0;
    for (const { x, y } of group) {
      xx += (x - meanX) ** 2;
      xy += (x - meanX) * (y - meanY);
      yy += (y - meanY) ** 2;
    }
    squares += yy - (xx > 1e-12 ? (xy * xy) / xx : 0);
  }
  // A line takes two degrees of freedom from each group.
  return Math.sqrt(Math.max(0, squares) / (used * (1 - 2 / neighbours)));
}
